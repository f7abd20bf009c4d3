package views

import "time"

// clock is a time of day: 14:03, or 2:03 pm for those who chose twelve hours.
func (e Env) clock(t time.Time) string { return string(e.appendClock(nil, t)) }

func (e Env) appendClock(b []byte, t time.Time) []byte {
	t = e.in(t)
	if !e.Hour12 {
		return t.AppendFormat(b, "15:04")
	}
	half := "am"
	if t.Hour() >= 12 {
		half = "pm"
	}
	b = append(t.AppendFormat(b, "3:04"), ' ')
	return append(b, e.T(half)...)
}
