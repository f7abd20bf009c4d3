package views

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"agentdesk/desk"
	"agentdesk/static"
)

// uncontrolled are the actions that nothing on the page is there for but a key: they
// stand in the list of keys and in the palette.
var uncontrolled = map[string]bool{
	"palette": true, "help": true, "go": true, "next": true, "previous": true, "unread": true, "close-next": true,
	"open": true, "enter": true, // the row itself
	"send-mod": true, "line": true, "canned-too": true, "leave": true, // another key of the same, or of the field
	"next-writing": true, "previous-writing": true, "unread-writing": true, "unread-back": true,
}

// TestKeysArePrinted goes over the table of keys: what has a control says its key in
// the tooltip of that, as this agent has it, also where it comes later.
func TestKeysArePrinted(t *testing.T) {
	js, err := static.FS.ReadFile("js/keys.js")
	if err != nil {
		t.Fatal(err)
	}
	table := regexp.MustCompile(`\{ id: "([a-z-]+)", key: "([^"]+)", name: "[^"]+", at: "([a-z]+)"(?:, (?:sel: "([^"]+)"|go: "([^"]+)"))?([^\n]*)`).FindAllStringSubmatch(string(js), -1)
	browser := chrome(t)
	for name, signs := range map[string]string{"as they come": "", "changed": "1234567890;,[]!%&*()~"} {
		t.Run(name, func(t *testing.T) {
			f := newFakeDesk(t)
			inWords(f, "en")
			f.set(func() { f.panes["JONAS"].View.Member, f.panes["CHEN"].View.Member = true, false })
			own := desk.Keys{}
			for i, s := range []byte(signs) {
				own = own.With(desk.KeyActions[i].Name, string(s))
			}
			f.set(func() { f.chosen.Keys = own })
			b := newTab(t, browser, f, "/chats/JONAS", "")
			b.do(`document.querySelector("#row-FATIMA a").focus()`) // and its box comes
			printed := func(id, box, key string) {
				t.Helper()
				want := "(" + strings.Join(capsOf(key), " ") + ")"
				b.until(`!!` + box)
				if got := b.text(box + `.title`); !strings.HasSuffix(got, " "+want) {
					t.Errorf("%s: the tooltip is %q without %s", id, got, want)
				}
			}
			seen := 0
			for _, m := range table {
				id, key, at, sel, page, rest := m[1], m[2], m[3], m[4], m[5], m[6]
				if uncontrolled[id] {
					continue
				}
				seen++
				switch {
				case page != "":
					key = own.Key("go") + key[1:]
				case at != "field" && len(key) == 1:
					key = own.Key(id)
				}
				switch id {
				case "take":
					b.do(`document.querySelector("#row-CHEN a").click()`)
					b.until(`document.body.dataset.open === "CHEN"`)
				case "undo":
					b.do(`document.querySelector(".acts form[data-action=deactivate]").requestSubmit()`)
				}
				box := fmt.Sprintf(`document.querySelector(%q)`, sel)
				if sel == "" || strings.Contains(rest, "run:") || id == "attach" { // what has to be there is not what is pressed
					box = fmt.Sprintf(`(el => el?.matches("kbd") ? el.closest("button, summary, label, a") : el)(document.querySelector("[data-key=%s]"))`, id)
				}
				printed(id, box, key)
				if id == "take" {
					b.do(`document.querySelector("#row-JONAS a").click()`)
					b.until(`document.body.dataset.open === "JONAS"`)
				}
			}
			if seen < 20 {
				t.Errorf("only %d actions have a control", seen)
			}
			// The first chat that waits has the key, also when another one was the first.
			const first = `document.querySelector("#rows .take[data-key]")`
			b.is(`document.querySelectorAll(".take[data-key][aria-keyshortcuts]").length`, "1")
			b.do(`window.was = ` + first)
			b.push(t, func(w io.Writer) error { return RowGonePatch(w, "MARTA") })
			b.until(`!window.was.isConnected`)
			b.until(first + `.title.endsWith("(` + strings.Join(capsOf(own.Key("waiting")), " ") + `)")`)
			b.is(`document.querySelectorAll(".take[data-key]").length`, "1")
			b.noViolations()
		})
	}
}

// capsOf are the caps of a key, as buttons print them.
func capsOf(key string) (caps []string) {
	for step := range strings.FieldsSeq(key) {
		if len(step) == 1 && step != strings.ToLower(step) {
			caps = append(caps, "Shift")
		}
		for _, c := range strings.Split(step, "+") {
			caps = append(caps, map[string]string{"Mod": "Ctrl", "Enter": "Enter", "Shift": "Shift"}[c])
			if caps[len(caps)-1] == "" {
				caps[len(caps)-1] = strings.ToUpper(c)
			}
		}
	}
	return caps
}
