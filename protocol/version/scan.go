package version

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
)

// split takes the object or array that starts at raw[i] apart. JSON that is not
// valid ends where it cannot be understood.
func split(raw []byte, i int) []member {
	var few [12]member // most objects fit; the heap gets no more than there are
	object, kids := raw[i] == '{', few[:0]
	for i = skipSpace(raw, i+1); i < len(raw) && raw[i] != '}' && raw[i] != ']'; {
		var kid member
		if object {
			end := skipValue(raw, i)
			if raw[i] != '"' || end-i < 2 {
				break
			}
			kid.key = plainKey(raw[i:end:end])
			i = skipSpace(raw, skipSpace(raw, end)+1) // past the colon
		}
		end := skipValue(raw, i)
		if end <= i {
			break
		}
		kid.raw = raw[i:end:end]
		kids = append(kids, kid)
		if i = skipSpace(raw, end); i < len(raw) && raw[i] == ',' {
			i = skipSpace(raw, i+1)
		}
	}
	return append(make([]member, 0, len(kids)+spare), kids...)
}

// spare is room for members that a step adds.
const spare = 2

// plainKey rewrites a key with escapes in its shortest form, so that keys can be
// compared as bytes.
func plainKey(key []byte) []byte {
	if bytes.IndexByte(key, '\\') < 0 {
		return key
	}
	name, err := jsontext.AppendUnquote(nil, key)
	if err != nil {
		return key
	}
	plain, err := jsontext.AppendQuote(nil, name)
	if err != nil {
		return key
	}
	return plain
}

func skipSpace(raw []byte, i int) int {
	for i < len(raw) && (raw[i] == ' ' || raw[i] == '\n' || raw[i] == '\t' || raw[i] == '\r') {
		i++
	}
	return i
}

// skipValue returns the end of the value that starts at raw[i].
func skipValue(raw []byte, i int) int {
	depth := 0
	for ; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			if i = skipString(raw, i); depth == 0 {
				return i
			}
			i--
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth <= 0 {
				return i + 1 + min(depth, 0)
			}
		case ',', ' ', '\n', '\t', '\r':
			if depth == 0 {
				return i
			}
		}
	}
	return i
}

// skipString returns the end of the string that starts at raw[i].
func skipString(raw []byte, i int) int {
	for i++; i < len(raw); i++ {
		switch raw[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(raw)
}
