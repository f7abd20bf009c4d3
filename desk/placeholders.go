package desk

import (
	"regexp"
	"strings"
)

// placeholder is a name between percent signs.
var placeholder = regexp.MustCompile(`%[\p{L}][\p{L}\p{N} _.-]{0,60}%`)

// Placeholders are the names that every canned response may hold; the names of a
// customer's session fields come on top.
var Placeholders = []string{"name", "first name", "email", "phone", "city", "country", "page", "agent", "agent first name", "agent email", "group", "date", "time"}

// Fill puts values in the place of %name% and its like, in whatever case. Names
// without a value stay as they are, so that they are seen before they are sent.
func Fill(text string, values map[string]string) string {
	return placeholder.ReplaceAllStringFunc(text, func(s string) string {
		if v := values[strings.ToLower(s[1:len(s)-1])]; v != "" {
			return v
		}
		return s
	})
}

// Unfilled are the placeholders left in a text.
func Unfilled(text string) []string { return placeholder.FindAllString(text, -1) }

// Values are what the placeholders stand for in a chat, by name in small letters.
// date and clock are now, as the agent reads it.
func (v ChatView) Values(date, clock string) map[string]string {
	first := func(s string) string { word, _, _ := strings.Cut(strings.TrimSpace(s), " "); return word }
	c := v.Chat.Customer()
	out := map[string]string{}
	if d := c.Customer; d != nil {
		for _, f := range d.Fields {
			out[strings.ToLower(strings.TrimSpace(f.Name))] = f.Value
		}
		out["phone"], out["city"], out["country"] = d.Phone, d.Visit.City, d.Visit.Country
		if n := len(d.Visit.Pages); n > 0 {
			out["page"] = d.Visit.Pages[n-1].URL
		}
	}
	out["name"], out["first name"], out["email"] = c.Name, first(c.Name), c.Email
	out["agent"], out["agent first name"], out["agent email"] = v.Me.Name, first(v.Me.Name), v.Me.Email
	out["date"], out["time"] = date, clock
	for _, g := range v.Groups {
		if len(v.Chat.Groups) > 0 && g.ID == v.Chat.Groups[0] {
			out["group"] = g.Name
		}
	}
	return out
}
