package words

import "encoding/json"

// JSON is the part of the catalogue with these keys, as the catalogue itself is
// written: what scripts of a page need.
func (l *Language) JSON(keys []string) []byte {
	part := map[string]any{}
	for _, key := range keys {
		if text, ok := l.texts[key]; ok {
			part[key] = text
		}
		if byForm, ok := l.plurals[key]; ok {
			named := map[string]string{}
			for name, form := range forms {
				if text, ok := byForm[form]; ok {
					named[name] = text
				}
			}
			part[key] = named
		}
	}
	body, _ := json.Marshal(part) // strings marshal always
	return body
}
