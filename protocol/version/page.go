package version

import (
	"encoding/base64"
	"strings"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Page is a page of a list by its number, as 3.0 and 3.1 count them, carried in
// a page_id of later versions. Number counts from 1, Limit is rows per page.
//
// A request for page 2 and later that steps up gets such a page_id and keeps its
// filters beside it: a server takes both together. In the other direction, the
// page_id of a next page that steps up from 3.1 has the filters within, in the
// words of 3.1, as the later request for it has nothing else.
type Page struct {
	Number  int            `json:"page"`
	Limit   int            `json:"limit"`
	Filters jsontext.Value `json:"filters,omitzero"`
}

// maxNumber is the last page, by the 3.1 page.
const maxNumber = 1000

// maxLimit is the most rows a page may have, in every version.
const maxLimit = 100

// pagePrefix sets our page ids apart from those of servers.
const pagePrefix = "page."

// ID writes the page as a page_id.
func (p Page) ID() string {
	b, err := json.Marshal(p)
	if err != nil { // Filters are no JSON
		p.Filters = nil
		return p.ID()
	}
	return pagePrefix + base64.RawURLEncoding.EncodeToString(b)
}

// ParsePage reads a page_id that ID wrote; ok is false for any other.
func ParsePage(id string) (p Page, ok bool) {
	coded, ours := strings.CutPrefix(id, pagePrefix)
	if !ours {
		return Page{}, false
	}
	b, err := base64.RawURLEncoding.DecodeString(coded)
	if err != nil || json.Unmarshal(b, &p) != nil || p.Number < 1 || p.Limit < 1 || p.Limit > maxLimit {
		return Page{}, false
	}
	return p, true
}

// numbered is the page that a request of 3.0 or 3.1 asks for: pagination, or
// what the document puts for it.
func numbered(m *message) Page {
	page, limit := m.at("pagination.page"), m.at("pagination.limit")
	p := Page{Number: 1, Limit: 25}
	if n, ok := page.number(); ok && n > 0 && n <= maxNumber {
		p.Number = int(n)
	}
	if n, ok := limit.number(); ok && n >= 0 && n <= maxLimit {
		p.Limit = max(int(n), 1)
	}
	return p
}

// pagedUp turns pagination into page_id and limit. A page that the document does
// not have is refused: it would be taken for another.
func pagedUp(m *message) *protocol.Error {
	if n, ok := m.at("pagination.page").number(); ok && (n < 1 || n > maxNumber) {
		return protocol.Fail(protocol.ErrValidation, "`pagination.page` must be from 1 to 1000")
	}
	p := numbered(m)
	m.body.drop("pagination")
	if p.Number > 1 {
		m.body.set("page_id", text(p.ID()))
		return nil
	}
	m.body.set("limit", number(int64(p.Limit)))
	return nil
}

// pagedDown turns page_id and limit into pagination. Only our own page ids have
// a number.
func pagedDown(m *message) *protocol.Error {
	limit, ok := m.body.take("limit").number()
	if !ok {
		limit = 10 // the default of later versions
	}
	p := Page{Number: 1, Limit: int(limit)}
	if id := m.body.take("page_id"); id != nil {
		if p, ok = ParsePage(id.str()); !ok {
			return protocol.Fail(protocol.ErrValidation, "`page_id` is of no page that has a number")
		}
	}
	if len(p.Filters) > 0 {
		m.body.set("filters", node{raw: p.Filters})
	}
	numbers := object()
	numbers.set("page", number(int64(p.Number)))
	numbers.set("limit", number(int64(p.Limit)))
	m.body.set("pagination", *numbers)
	return nil
}

// neighbours gives an answer the page ids of the pages before and after the one
// that the request asked for, as far as found_chats says that there are such.
func neighbours(req, m *message) {
	p := numbered(req)
	if filters := req.body.get("filters"); filters != nil {
		p.Filters = filters.bytes()
	}
	total, _ := m.body.get("found_chats").number()
	m.body.drop("next_page_id", "previous_page_id")
	if p.Number > 1 {
		m.body.set("previous_page_id", text(Page{p.Number - 1, p.Limit, p.Filters}.ID()))
	}
	if int64(p.Number)*int64(p.Limit) < total {
		m.body.set("next_page_id", text(Page{p.Number + 1, p.Limit, p.Filters}.ID()))
	}
}
