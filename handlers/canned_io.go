package handlers

import (
	"bytes"
	"crypto/rand"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
)

// maxImport is the largest file of canned responses, in bytes.
const maxImport = 8 << 20

// cannedRecord is a canned response in a file. For says whose it is: "me", "all",
// or the name of a group.
type cannedRecord struct {
	Words []string `json:"words"`
	Text  string   `json:"text"`
	For   string   `json:"for"`
	line  int
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

// importCanned takes the responses of a file, all or none.
func (s *Server) importCanned(c echo.Context) error {
	_, name, content, err := readOneFile(c, maxImport)
	var records []cannedRecord
	switch content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")); {
	case err != nil:
	case name == "":
		err = &desk.Error{Code: desk.Invalid, Text: "Choose a file.", Field: "file"}
	case bytes.HasPrefix(bytes.TrimSpace(content), []byte("[")):
		records, err = readJSON(content)
	default:
		records, err = readCSV(content)
	}
	if err != nil {
		return s.cannedDone(c, err, desk.CannedResponse{Group: desk.EveryGroup})
	}
	return s.takeIn(c, records)
}

// takeIn keeps the responses of a file, but for those that are there already.
func (s *Server) takeIn(c echo.Context, records []cannedRecord) error {
	in, err := visitIn(c).desk.Inbox(c.Request().Context(), desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	old, err := s.canned(c, true)
	if err != nil {
		return err
	}
	me := visitIn(c).desk.Me()
	var list []desk.CannedResponse
	for _, rec := range records {
		r, err := rec.response(me, in.Groups)
		if err != nil {
			text, _ := desk.SentenceOf(err)
			err := desk.Failf(desk.Invalid, "Line %d: %s Nothing was imported.", rec.line, s.lang(c).T(text))
			return s.cannedDone(c, err, desk.CannedResponse{Group: desk.EveryGroup})
		}
		if r.ID, r.At = rand.Text(), s.Now(); !slices.ContainsFunc(old, r.Same) && !slices.ContainsFunc(list, r.Same) {
			list = append(list, r)
		}
	}
	if err = s.Canned.PutCanned(c.Request().Context(), team(me), list...); err != nil {
		return s.cannedDone(c, err, desk.CannedResponse{Group: desk.EveryGroup})
	}
	return s.done(c, s.path("canned")+"?added="+strconv.Itoa(len(list)))
}

// response makes a response of a record.
func (rec cannedRecord) response(me desk.Me, groups []desk.Group) (desk.CannedResponse, error) {
	r := desk.CannedResponse{Group: desk.EveryGroup, Words: desk.CannedWords(strings.Join(rec.Words, " ")), Text: strings.TrimSpace(strings.ReplaceAll(rec.Text, "\r\n", "\n"))}
	switch rec.For {
	case "me", "":
		r.Owner = me.ID
	case "all":
	default:
		i := slices.IndexFunc(groups, func(g desk.Group) bool { return g.Name == rec.For })
		if i < 0 {
			return r, desk.Fail(desk.Invalid, noGroup)
		}
		r.Group = groups[i].ID
	}
	if err := r.Check(); err != nil {
		return r, err
	}
	return r, mayChange(me, r)
}

var (
	errNotCSV  = desk.Fail(desk.Invalid, "The file has to begin with the line: words,text,for")
	errNotJSON = desk.Fail(desk.Invalid, "This file is not a list of canned responses in JSON.")
)

func readCSV(content []byte) (out []cannedRecord, err error) {
	r := csv.NewReader(bytes.NewReader(content))
	head, err := r.Read()
	if err != nil || !slices.Equal(head, []string{"words", "text", "for"}) {
		return nil, errNotCSV
	}
	for {
		row, err := r.Read()
		line, _ := 0, 0
		if err == nil {
			line, _ = r.FieldPos(0)
			out = append(out, cannedRecord{Words: []string{cellText(row[0])}, Text: cellText(row[1]), For: cellText(row[2]), line: line})
			continue
		}
		if pe, bad := err.(*csv.ParseError); bad {
			return nil, desk.Failf(desk.Invalid, "Line %d of the file cannot be read. Nothing was imported.", pe.StartLine)
		}
		return out, nil
	}
}

func readJSON(content []byte) (out []cannedRecord, err error) {
	d := json.NewDecoder(bytes.NewReader(content))
	d.DisallowUnknownFields()
	if _, err := d.Token(); err != nil {
		return nil, errNotJSON
	}
	lineAt := func() int {
		rest := content[d.InputOffset():]
		skipped := len(rest) - len(bytes.TrimLeft(rest, ", \t\r\n"))
		return 1 + bytes.Count(content[:int(d.InputOffset())+skipped], []byte("\n"))
	}
	for d.More() {
		rec := cannedRecord{line: lineAt()}
		if err := d.Decode(&rec); err != nil {
			return nil, desk.Failf(desk.Invalid, "Line %d of the file cannot be read. Nothing was imported.", rec.line)
		}
		out = append(out, rec)
	}
	if _, err := d.Token(); err != nil {
		return nil, errNotJSON
	}
	return out, nil
}

// takeOver copies the canned responses of the chat server.
func (s *Server) takeOver(c echo.Context) error {
	if err := administer(c); err != nil {
		return err
	}
	setup, err := visitIn(c).desk.Setup(c.Request().Context())
	if err != nil {
		return s.cannedDone(c, err, desk.CannedResponse{Group: desk.EveryGroup})
	}
	records := make([]cannedRecord, 0, len(setup.Canned))
	for i, r := range setup.Canned {
		rec := cannedRecord{Words: r.Tags, Text: r.Text, For: "all", line: i + 1}
		for _, g := range setup.Groups {
			if g.ID == r.Group && g.ID != 0 {
				rec.For = g.Name
			}
		}
		if len(rec.Words) == 0 {
			rec.Words = []string{strconv.FormatInt(r.ID, 10)}
		}
		records = append(records, rec)
	}
	return s.takeIn(c, records)
}
