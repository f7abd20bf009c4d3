package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"golang.org/x/text/unicode/norm"
)

var (
	browsers = []string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
		"Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
		"Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
	}
	referrers = []string{"", "", "https://www.google.com/", "https://duckduckgo.com/", "https://www.instagram.com/", "https://outdoor.example/best-rain-jackets"}
	pages     = []protocol.Page{
		{URL: "https://nordby.example/", Title: "Nordby — clothes for weather"},
		{URL: "https://nordby.example/p/fjord-jacket", Title: "Fjord rain jacket — Nordby"},
		{URL: "https://nordby.example/p/lofoten-sweater", Title: "Lofoten wool sweater — Nordby"},
		{URL: "https://nordby.example/p/tind-boots", Title: "Tind boots — Nordby"},
		{URL: "https://nordby.example/p/vidda-backpack", Title: "Vidda backpack 24 l — Nordby"},
		{URL: "https://nordby.example/sizes", Title: "Sizes — Nordby"},
		{URL: "https://nordby.example/delivery", Title: "Delivery & returns — Nordby"},
		{URL: "https://nordby.example/account/orders", Title: "Your orders — Nordby"},
		{URL: "https://nordby.example/cart", Title: "Your cart — Nordby"},
	}
)

// person is somebody who writes, with the way he or she comes to the shop.
type person struct {
	lang        *language
	first, last string
	email       string
	place       protocol.Geolocation
	agent       string // User-Agent
	ip          string
	anonymous   bool // gives no name
}

// newPerson makes somebody up. Addresses are of ranges kept for examples.
func newPerson(r *rand.Rand, l *language) person {
	p := person{lang: l, first: pick(r, l.words["first"]), last: pick(r, l.words["last"]), agent: pick(r, browsers), anonymous: r.IntN(9) == 0}
	city := split(pick(r, l.words["city"]), "|")
	p.place = protocol.Geolocation{City: city[0], Country: city[1], CountryCode: city[2], Timezone: city[3]}
	p.ip = pick(r, []string{"192.0.2.", "198.51.100.", "203.0.113."}) + fmt.Sprint(1+r.IntN(254))
	local := strings.Trim(ascii(p.first)+"."+ascii(p.last), ".")
	if local == "" {
		local = "kunde"
	}
	p.email = fmt.Sprintf("%s%d@%s", local, 1+r.IntN(98), pick(r, []string{"example.com", "example.org", "example.net", "mail.example"}))
	return p
}

func (p person) name() string {
	if p.anonymous {
		return ""
	}
	return p.first + " " + p.last
}

// called is what agents call the person.
func (p person) called() string {
	if p.anonymous {
		return map[string]string{"de": "Sie", "pl": "Państwo", "fr": "vous", "es": "amigo", "ar": "صديقنا"}[p.lang.code]
	}
	return p.first
}

// ascii is a name as it stands in an e-mail address; scripts without Latin
// letters give nothing.
func ascii(s string) string {
	s = strings.NewReplacer("ł", "l", "Ł", "l", "ß", "ss", "ı", "i").Replace(s)
	var b strings.Builder
	for _, c := range norm.NFD.String(strings.ToLower(s)) {
		if c >= 'a' && c <= 'z' {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// visit is a walk through the shop that began before a moment.
func (p person) visit(r *rand.Rand, at time.Time) *protocol.Visit {
	place := p.place
	v := &protocol.Visit{Referrer: pick(r, referrers), IP: p.ip, UserAgent: p.agent, Geolocation: &place}
	n := 1 + r.IntN(5)
	begin := at.Add(-time.Duration(n) * time.Minute)
	v.StartedAt = protocol.At(begin)
	for i := range n {
		page := pick(r, pages)
		page.OpenedAt = protocol.At(begin.Add(time.Duration(i)*time.Minute + time.Duration(r.IntN(40))*time.Second))
		v.LastPages = append(v.LastPages, page)
	}
	return v
}

// record is the person as the server keeps one.
func (p person) record(id string, created time.Time) store.Customer {
	c := store.Customer{ID: id, Name: p.name(), CreatedAt: protocol.At(created)}
	if !p.anonymous {
		c.Email = p.email
	}
	c.Details.SessionFields = []map[string]string{{"language": p.lang.code}}
	c.Details.Statistics = &protocol.Statistics{}
	return c
}
