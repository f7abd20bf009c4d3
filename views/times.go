package views

import (
	"strings"
	"time"
)

// The names of days and months are texts of the catalogue, and so are the
// patterns they stand in: {weekday}, {day}, {month}, {year} and {time}.
var (
	weekdays      = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	shortWeekdays = [...]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}
	months        = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	shortMonths   = [...]string{"Jan", "Feb", "Mar", "Apr", "May #short", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
)

// Patterns of dates.
const (
	dayOfWeek   = "{weekday} {time}"
	dayOfYear   = "{day} {month} #short"
	shortDate   = "{day} {month} {year} #short"
	longDay     = "{weekday}, {day} {month}"
	longDate    = "{day} {month} {year}"
	longInstant = "{day} {month} {year} {time}"

	dayOfWeekOfYear = "{weekday}, {day} {month} #short"
)

// date writes a time in a pattern, with the short names or the long ones.
func (e Env) date(pattern string, t time.Time, short bool) string {
	days, year := weekdays[:], months[:]
	if short {
		days, year = shortWeekdays[:], shortMonths[:]
	}
	rest := e.T(pattern)
	b := make([]byte, 0, 48)
	for {
		before, after, ok := strings.Cut(rest, "{")
		b = append(b, before...)
		if !ok {
			return string(b)
		}
		name, tail, _ := strings.Cut(after, "}")
		switch name {
		case "weekday":
			b = append(b, e.T(days[t.Weekday()])...)
		case "day":
			b = t.AppendFormat(b, "2")
		case "month":
			b = append(b, e.T(year[t.Month()-1])...)
		case "year":
			b = t.AppendFormat(b, "2006")
		case "time":
			b = append(b, e.clock(t)...)
		}
		rest = tail
	}
}

// stamp is a time as short as it stays clear: today the hour, this week the
// weekday, this year the day, else the date.
func (e Env) stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	now, t := e.in(e.now()), e.in(t)
	switch {
	case sameDay(now, t):
		return e.clock(t)
	case t.Before(now) && now.Sub(t) < 6*24*time.Hour:
		return e.date(dayOfWeek, t, true)
	case now.Year() == t.Year():
		return e.date(dayOfYear, t, true)
	}
	return e.date(shortDate, t, true)
}

// day names a day for a divider.
func (e Env) day(t time.Time) string {
	now, t := e.in(e.now()), e.in(t)
	switch {
	case sameDay(now, t):
		return e.T("Today")
	case sameDay(now.AddDate(0, 0, -1), t):
		return e.T("Yesterday")
	case now.Year() == t.Year():
		return e.date(longDay, t, false)
	}
	return e.date(longDate, t, false)
}

// full is a moment to the minute, with its zone.
func (e Env) full(t time.Time) string {
	t = e.in(t)
	return e.date(longInstant, t, false) + t.Format(" MST")
}

// form prints a time in one of the ways that static/js/time.js knows too.
func (e Env) form(how string, t time.Time) string {
	switch how {
	case "clock":
		return e.clock(t)
	case "day":
		return e.day(t)
	case "full":
		return e.full(t)
	case "left":
		return e.left(t)
	case "date":
		return e.date(shortDate, e.in(t), true)
	}
	return e.stamp(t)
}
