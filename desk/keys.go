package desk

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxKeyMap bounds Keys.Map, in bytes.
const maxKeyMap = 500

// Keys are an agent's single keys.
type Keys struct {
	Off bool   `json:"off,omitempty"` // no single key does anything
	Map string `json:"map,omitempty"` // the actions that have another key, as in "close=x reply=q"
}

// KeyAction is something that a single key does. Name is the same in
// static/js/keys.js.
type KeyAction struct {
	Name string
	Key  string // the usual one, as browsers name it: a capital is Shift and the letter
}

// KeyActions are all of them, in the order in which they are shown. It must not
// be changed.
var KeyActions = [...]KeyAction{
	{"next", "j"}, {"previous", "k"}, {"unread", "u"}, {"waiting", "t"}, {"open", "o"}, {"choose", "x"},
	{"reply", "r"}, {"note", "n"}, {"transfer", "a"}, {"take", "i"}, {"tags", "l"},
	{"close", "e"}, {"close-next", "E"}, {"mark-unread", "U"}, {"details", "p"}, {"search", "/"},
	{"undo", "z"}, {"accept", "A"}, {"more", "."}, {"go", "g"}, {"help", "?"},
}

// Key is the key of an action, "" where there is no such action.
func (k Keys) Key(action string) string {
	own := ""
	for _, a := range KeyActions {
		if a.Name == action {
			own = a.Key
		}
	}
	for pair := range strings.FieldsSeq(k.Map) {
		if name, key, _ := strings.Cut(pair, "="); name == action && own != "" {
			return key
		}
	}
	return own
}

// With gives an action a key.
func (k Keys) With(action, key string) Keys {
	k.Map = strings.TrimSpace(k.Map + " " + action + "=" + key)
	return k
}

// normal orders the map and drops what is usual from it, and what cannot be. It
// gives the first mistake: its field is key- and the action's name, or map.
func (k Keys) normal() (Keys, *Error) {
	var n normaliser
	chosen := map[string]string{}
	if len(k.Map) > maxKeyMap {
		n.wrong("map", "Name each action once, as the list of keys does.")
		k.Map = ""
	}
	for pair := range strings.FieldsSeq(k.Map) {
		name, key, _ := strings.Cut(pair, "=")
		if _, twice := chosen[name]; twice || (Keys{}).Key(name) == "" {
			n.wrong("map", "Name each action once, as the list of keys does.")
		} else if !oneKey(key) {
			n.wrong("key-"+name, "Write one letter, digit or sign.")
		} else {
			chosen[name] = key
		}
	}
	for name := taken(chosen); name != ""; name = taken(chosen) {
		n.wrong("key-"+name, "Two actions have this key. Choose another.")
		delete(chosen, name)
	}
	k.Map = ""
	for _, a := range KeyActions {
		if key := chosen[a.Name]; key != "" && key != a.Key {
			k = k.With(a.Name, key)
		}
	}
	return k, n.err
}

// taken finds an action whose chosen key another has too, "" where there is none.
func taken(chosen map[string]string) string {
	by := map[string]string{}
	for _, a := range KeyActions {
		key := cmp.Or(chosen[a.Name], a.Key)
		if other := by[key]; other != "" {
			if key == a.Key { // the one that was changed is to blame
				return other
			}
			return a.Name
		}
		by[key] = a.Name
	}
	return ""
}

// oneKey reports whether a text is one visible character.
func oneKey(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n == len(s) && r != utf8.RuneError && unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.IsMark(r)
}
