package views

import "time"

// clock is a time of day: 14:03, or 2:03 pm for those who chose twelve hours.
func (e Env) clock(t time.Time) string { return string(e.appendClock(nil, t)) }

func (e Env) appendClock(b []byte, t time.Time) []byte {
	t = e.in(t)
	if !e.Hour12 {
		return t.AppendFormat(b, "15:04")
	}
	half := e.T("am")
	if t.Hour() >= 12 {
		half = e.T("pm")
	}
	b = append(t.AppendFormat(b, "3:04"), ' ')
	return append(b, half...)
}
