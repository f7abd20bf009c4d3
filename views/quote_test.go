package views

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"agentdesk/desk"
)

func TestQuotes(t *testing.T) {
	for text, want := range map[string]string{
		"no quote":                   "no quote",
		"a > b":                      "a &gt; b",
		">no space":                  "&gt;no space",
		"> one":                      `<blockquote dir="auto">one</blockquote>`,
		"> one\n> two\nanswer":       `<blockquote dir="auto">one&#10;two</blockquote>answer`,
		"before\n> one\nafter":       `before<blockquote dir="auto">one</blockquote>after`,
		"> one\n\n> two\n":           `<blockquote dir="auto">one</blockquote><blockquote dir="auto">two</blockquote>`,
		"> <b>\n> https://a.example": `<blockquote dir="auto">&lt;b&gt;&#10;<a href="https://a.example" target="_blank" rel="noopener noreferrer nofollow ugc" title="a.example">https://a.example</a></blockquote>`,
		"> ":                         `<blockquote dir="auto"></blockquote>`,
	} {
		if got := render(t, bubble(sampleEnv, text, "")); got != `<div class="bub" dir="auto" translate="yes">`+want+`</div>` {
			t.Errorf("%q gives %s", text, got)
		}
	}
	for text, want := range map[string]string{"x": "x", "> one\nanswer": "answer", "> one\n> two": "> one\n> two", "> one\n\n": "> one\n\n", "a\n> b": "a\n> b"} {
		if got := answerOf(text); got != want {
			t.Errorf("the answer of %q is %q", text, got)
		}
	}
}

func TestLanguageOfAnEvent(t *testing.T) {
	for tag, want := range map[string]string{"de": "de", "pt-BR": "pt-BR", "zh-Hant-TW": "zh-Hant-TW", "": "", "german": "", `de" onclick="x`: "", "de_DE": ""} {
		ev := desk.Event{Properties: desk.Properties{"translation": {"language": tag, "original": "x"}}}
		if got := language(&ev); got != want {
			t.Errorf("%q is %q, want %q", tag, got, want)
		}
	}
	if got := render(t, bubble(sampleEnv, "Hallo", "de")); got != `<div class="bub" dir="auto" lang="de" translate="yes">Hallo</div>` {
		t.Error(got)
	}
}

// A picture is as large as its place allows, and never larger than it is.
func TestFitted(t *testing.T) {
	for size, want := range map[[2]int][2]int{{1600, 900}: {340, 191}, {900, 1600}: {146, 260}, {100, 50}: {100, 50}, {0, 50}: {0, 0}, {100000, 1}: {340, 1}} {
		w, h := fitted(desk.File{Width: size[0], Height: size[1]})
		if [2]int{w, h} != want {
			t.Errorf("%v is shown as %dx%d, want %v", size, w, h, want)
		}
	}
}

// TestHeadTags: of many tags a head shows two and how many there are more.
func TestHeadTags(t *testing.T) {
	for n, want := range map[int]string{0: "", 3: "tag0,tag1,tag2", 12: "tag0,tag1,+10"} {
		pane := samplePane()
		pane.View.Chat.Thread.Tags = nil
		for i := range n {
			pane.View.Chat.Thread.Tags = append(pane.View.Chat.Thread.Tags, "tag"+itoa(i))
		}
		doc := parsed(t, render(t, chatHead(sampleEnv, *pane)))
		shown := doc.Find(".sub > .tag, .sub > details > summary").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
		if got := strings.Join(shown, ","); got != want {
			t.Errorf("%d tags: %q, want %q", n, got, want)
		}
		if all := doc.Find(".sub span.tag").Length(); all != n {
			t.Errorf("%d of %d tags are there", all, n)
		}
	}
}
