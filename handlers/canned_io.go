package handlers

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
)

// cannedRecord is a canned response in a file. For says whose it is: "me", "all",
// or the name of a group.
type cannedRecord struct {
	Words []string `json:"words"`
	Text  string   `json:"text"`
	For   string   `json:"for"`
	line  int
	err   error // what keeps it from being read
}

// exportCanned gives the responses that the agent may see as a file, JSON or CSV.
// Files that go with them are left out.
func (s *Server) exportCanned(c echo.Context) error {
	list, err := s.canned(c, true)
	if err != nil {
		return err
	}
	in, err := visitIn(c).desk.Inbox(c.Request().Context(), desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	records := make([]cannedRecord, 0, len(list))
	for _, r := range list {
		records = append(records, cannedRecord{Words: r.Words, Text: r.Text, For: whose(r, in.Groups)})
	}
	var b bytes.Buffer
	kind, name := "application/json", "canned-responses.json"
	switch c.QueryParam("format") {
	case "", "json":
		e := json.NewEncoder(&b)
		e.SetIndent("", "  ")
		err = e.Encode(records)
	case "csv":
		kind, name = "text/csv; charset=utf-8", "canned-responses.csv"
		err = writeCanned(&b, records)
	default:
		return badRequest("Canned responses are exported as format=json or format=csv.")
	}
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Cache-Control", "no-store")
	return c.Blob(http.StatusOK, kind, b.Bytes())
}

func whose(r desk.CannedResponse, groups []desk.Group) string {
	if r.Private() {
		return "me"
	}
	for _, g := range groups {
		if g.ID == r.Group {
			return g.Name
		}
	}
	return "all"
}

func writeCanned(b *bytes.Buffer, records []cannedRecord) error {
	w := csv.NewWriter(b)
	rows := [][]string{{"words", "text", "for"}}
	for _, r := range records {
		rows = append(rows, []string{plainCell(strings.Join(r.Words, " ")), plainCell(r.Text), plainCell(r.For)})
	}
	return w.WriteAll(rows)
}

// plainCell keeps a spreadsheet from reading a text as a formula; cellText takes
// that back.
func plainCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@'", rune(s[0])) {
		return "'" + s
	}
	return s
}

func cellText(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsRune("=+-@'", rune(s[1])) {
		return s[1:]
	}
	return s
}
