package views

import (
	"context"
	"fmt"
	"html"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/chromedp/chromedp"

	"agentdesk/desk"
	"agentdesk/words"
)

// look is one way in which all pages are pictured.
type look struct {
	name          string
	width, height int64
	scheme        string
	only          func(page string) bool
}

var looks = []look{
	{"light", 1440, 900, "light", english}, {"dark", 1440, 900, "dark", english},
	{"phone", 390, 844, "light", english}, {"phone-dark", 390, 844, "dark", english},
	{"arabic", 1440, 900, "light", arabic}, {"arabic-phone", 390, 844, "light", arabic},
}

func english(page string) bool { return !strings.HasSuffix(page, ".ar") }
func arabic(page string) bool  { return strings.HasSuffix(page, ".ar") }

// shoot takes a picture of every page and state in every look, and writes an
// index.html that shows them side by side.
func shoot(t *testing.T, dir string) {
	browser := chrome(t)
	pages := galleryPages()
	for name, c := range inLanguage(words.Find("ar"), galleryPages) {
		pages[name+".ar"] = c
	}
	for name := range axeStates { // what follows is done on the page before the picture
		page, _, _ := strings.Cut(name, " ")
		pages[name] = pages[page]
	}
	url := gallery(t, pages, true)
	var index strings.Builder
	index.WriteString("<!DOCTYPE html><meta charset=utf-8><title>Gallery</title><style>body{font:14px system-ui;margin:24px}img{height:420px;border:1px solid #999;margin:4px}</style>\n")
	names := slices.Sorted(maps.Keys(pages))
	for _, l := range looks {
		if err := chromedp.Do(browser, chromedp.EmulateViewport(l.width, l.height)); err != nil {
			t.Fatal(err)
		}
		media(t, browser, "prefers-color-scheme="+l.scheme, "prefers-reduced-motion=reduce")
		for _, name := range names {
			if l.only(name) {
				pictureOf(t, browser, url, name, filepath.Join(dir, file(name, l)))
			}
		}
	}
	for _, name := range names {
		fmt.Fprintf(&index, "<h2>%s</h2>\n", html.EscapeString(name))
		for _, l := range looks {
			if f := file(name, l); l.only(name) {
				fmt.Fprintf(&index, "<a href=\"%s\"><img loading=lazy src=\"%s\" alt=\"%s, %s\"></a>\n", f, f, html.EscapeString(name), l.name)
			}
		}
	}
	write(t, filepath.Join(dir, "index.html"), []byte(index.String()))
}

func file(name string, l look) string {
	return strings.ReplaceAll(name, " ", "-") + "." + l.name + ".png"
}

func pictureOf(t *testing.T, browser context.Context, url, name, path string) {
	t.Helper()
	page, _, _ := strings.Cut(name, " ")
	if err := chromedp.Do(browser, chromedp.Navigate(url+"/"+page)); err != nil {
		t.Fatal(err)
	}
	if do := axeStates[name]; do != "" {
		if _, err := chromedp.Run(browser, chromedp.Evaluate[string]("("+do+", '')")); err != nil {
			t.Fatal(name, err)
		}
	}
	b, err := chromedp.Run(browser, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(name, err)
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// withStates adds how full and how strange the inbox can be.
func withStates(pages map[string]templ.Component) map[string]templ.Component {
	section := func(in *desk.Inbox, l desk.List, rows []desk.Row) {
		for i := range in.Sections {
			if s := &in.Sections[i]; s.List == l {
				s.Rows, s.Total = rows, len(rows)
			} else {
				s.Rows, s.Total, s.Unread, s.Longest = nil, 0, 0, time.Time{}
			}
		}
	}
	one := InboxPage{Page: page("Jonas Weber", NavChats), Inbox: sampleInbox(), Chat: samplePane()}
	section(&one.Inbox, desk.Mine, []desk.Row{samplePane().View.Row})

	many := InboxPage{Page: page("Chats", NavChats), Inbox: sampleInbox(), Chat: samplePane()}
	var rows []desk.Row
	for i := range 80 {
		r := sampleRows()[2+i%5]
		r.List, r.ChatID, r.Sort = desk.Mine, "M"+itoa(i), fmt.Sprintf("%016d", i)
		rows = append(rows, r)
	}
	section(&many.Inbox, desk.Mine, rows)
	many.Unread = 120

	long := one
	pane, name := samplePane(), "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh "+strings.Repeat("of the very long name ", 5)
	pane.View.Row.Customer.Name = name
	for i := range pane.View.Chat.Users {
		if !pane.View.Chat.Users[i].Agent {
			pane.View.Chat.Users[i].Name, pane.View.Chat.Users[i].Email = name, strings.Repeat("very.", 12)+"long@customer.example"
		}
	}
	pane.View.Chat.Thread.Tags = []string{"a tag of many words that does not end soon", "refund", strings.Repeat("x", 80), "vip", "order", "size"}
	pane.View.Chat.Thread.Events = append(pane.View.Chat.Thread.Events,
		message("LONG1", "c3", strings.Repeat("A word and another word. ", 120), ago(2*time.Minute)),
		message("LONG2", sampleMe.ID, "https://example.com/"+strings.Repeat("a-path-without-a-break/", 20), ago(time.Minute)))
	long.Chat = pane
	r := pane.View.Row
	r.Tags = pane.View.Chat.Thread.Tags
	section(&long.Inbox, desk.Mine, []desk.Row{r})

	maps.Copy(pages, map[string]templ.Component{"one": Inbox(one), "many": Inbox(many), "long": Inbox(long)})
	return pages
}
