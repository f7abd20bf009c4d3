package views

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"agentdesk/desk"
)

// TestBreaks: long addresses may break behind the signs that divide them and nowhere
// else, and nothing in them becomes markup.
func TestBreaks(t *testing.T) {
	for in, want := range map[string]string{
		"":                 "",
		"anna@example.com": "anna@example.com", // short
		"well-known - and many words that are short":   "well-known - and many words that are short",
		"Marta von Hohenzollern-Emsland":               "Marta von Hohenzollern-|Emsland",
		"marta.lindqvist-berg@post.example.com":        "marta.|lindqvist-|berg@|post.|example.|com",
		"https://shop.example.com/a/b?size=43&c=d#top": "https://|shop.|example.|com/|a/|b?|size=|43&amp;|c=|d#|top",
		"a................................b":           "a................................|b",
		"ends.with.many.signs.and.dots...":             "ends.|with.|many.|signs.|and.|dots...",
		"x@\u0301marks.stay.with.their.sign":           "x@\u0301marks.|stay.|with.|their.|sign",
		"münchen.straße.пример.испытание":              "münchen.|straße.|пример.|испытание",
		"<wbr><script>alert(1)</script>.x":             "&lt;wbr&gt;&lt;script&gt;alert(1)&lt;/|script&gt;.|x",
		`"><img/onerror="alert.call(1)">`:              "&#34;&gt;&lt;img/|onerror=&#34;alert.|call(1)&#34;&gt;",
	} {
		if got := strings.ReplaceAll(render(t, breaks(in)), "<wbr>", "|"); got != want {
			t.Errorf("%q is drawn as %q, want %q", in, got, want)
		}
	}
}

// TestPagesHaveBreaks: wherever pages of people show an address it may break, and its
// text is in one piece.
func TestPagesHaveBreaks(t *testing.T) {
	const mail, site = "wilhelmina.vandenberg-oosterhout@post.example.org", "shop.example.com/a-long/way/to/a-small-thing"
	who := customer("c99", "Wilhelmina", mail, true)
	who.Customer.Visit.Pages = []desk.Page{{At: ago(0), URL: "https://" + site}}
	who.Customer.Fields = []desk.Field{{Name: "profile", Value: "https://" + site}}
	pane := *samplePane()
	pane.View.Chat.Users = []desk.Person{who}
	pane.View.Row.Customer = who
	for name, c := range map[string]struct {
		page templ.Component
		at   map[string]string // selector to the text found there
	}{
		"the panel":  {details(page("", NavChats).Env, pane), map[string]string{".id small": mail, ".fold dd": mail, ".now a": site, "dd": "https://" + site}},
		"a customer": {Customer(CustomerPage{Page: page("Wilhelmina", NavCustomers), Customer: who}), map[string]string{".sub": mail, "dd": mail, ".now a": site}},
		"the customers": {Customers(CustomersPage{Page: page("Customers", NavCustomers), List: desk.CustomerList{Customers: []desk.Person{who}}}),
			map[string]string{".grp": mail, ".pre": "https://" + site}},
		"the team": {Team(TeamPage{Page: page("Team", NavTeam), Team: []desk.Colleague{{Agent: desk.Agent{ID: mail, Name: "Wilhelmina"}}}}), map[string]string{".who small": mail}},
	} {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(render(t, c.page)))
		if err != nil {
			t.Fatal(err)
		}
		for sel, text := range c.at {
			found := doc.Find(sel).FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Text(), text) })
			if found.Length() == 0 || found.Find("wbr").Length() == 0 {
				t.Errorf("%s: %q is not drawn with breaks in %s", name, text, sel)
			}
		}
	}
}
