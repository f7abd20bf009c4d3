package protocol

import "time"

// Time is a moment in microseconds since 1970, UTC: the precision of the wire
// and of storage. Zero means "not set". On the wire it is RFC 3339 with six
// decimals and Z; on input any offset and precision is taken.
type Time int64

const layout = "2006-01-02T15:04:05.000000Z"

// At turns a time.Time into wire precision. The zero time gives zero.
func At(t time.Time) Time {
	if t.IsZero() {
		return 0
	}
	return Time(t.UnixMicro())
}

// Time returns t as a time.Time in UTC, the zero time for zero.
func (t Time) Time() time.Time {
	if t == 0 {
		return time.Time{}
	}
	return time.UnixMicro(int64(t)).UTC()
}

// IsZero reports whether t is not set.
func (t Time) IsZero() bool { return t == 0 }

// String is the wire form.
func (t Time) String() string { b, _ := t.MarshalText(); return string(b) }

// AppendText implements encoding.TextAppender.
func (t Time) AppendText(b []byte) ([]byte, error) {
	if t == 0 {
		return b, nil
	}
	return t.Time().AppendFormat(b, layout), nil
}

// MarshalText writes the wire form; zero gives an empty string.
func (t Time) MarshalText() ([]byte, error) { return t.AppendText(make([]byte, 0, len(layout))) }

// UnmarshalText reads RFC 3339. Empty text and the year-1 time that some
// clients send for "unset" both give zero.
func (t *Time) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*t = 0
		return nil
	}
	var v time.Time
	if err := v.UnmarshalText(b); err != nil {
		return err
	}
	if v.Year() <= 1 {
		*t = 0
		return nil
	}
	*t = Time(v.UnixMicro())
	return nil
}
