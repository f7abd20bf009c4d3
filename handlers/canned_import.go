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
	"agentdesk/views"
)

// maxImport is the largest file of canned responses, in bytes.
const maxImport = 8 << 20

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
	var wrong []cannedRecord
	for _, rec := range records {
		r, err := rec.response(me, in.Groups)
		if err != nil {
			rec.err = err
			wrong = append(wrong, rec)
		}
		if r.ID, r.At = rand.Text(), s.Now(); !slices.ContainsFunc(old, r.Same) && !slices.ContainsFunc(list, r.Same) {
			list = append(list, r)
		}
	}
	if len(wrong) > 0 {
		return s.wrongLines(c, wrong)
	}
	if err = s.Canned.PutCanned(c.Request().Context(), team(me), list...); err != nil {
		return s.cannedDone(c, err, desk.CannedResponse{Group: desk.EveryGroup})
	}
	return s.done(c, s.path("canned")+"?added="+strconv.Itoa(len(list)))
}

// maxWrong is how many wrong lines of a file are told.
const maxWrong = 20

// wrongLines tells what is wrong in a file of which nothing was taken.
func (s *Server) wrongLines(c echo.Context, wrong []cannedRecord) error {
	lang := s.lang(c)
	var list []string
	for _, rec := range wrong[:min(len(wrong), maxWrong)] {
		list = append(list, lang.T("Line %d: %s", rec.line, s.sentence(c, rec.err)))
	}
	if more := len(wrong) - len(list); more > 0 {
		list = append(list, lang.N(more, "and %d more line", "and %d more lines"))
	}
	err := desk.Failf(desk.Invalid, "Nothing was imported. This is wrong in the file: %s", strings.Join(list, "\n"))
	if byScript(c.Request()) || !wantsHTML(c.Request()) {
		return err
	}
	return s.cannedPage(c, http.StatusUnprocessableEntity, func(p *views.CannedPage) {
		p.Error, p.Wrong = strings.TrimSpace(lang.T(err.Text, "")), list
	})
}

// response makes a response of a record.
func (rec cannedRecord) response(me desk.Me, groups []desk.Group) (desk.CannedResponse, error) {
	if rec.err != nil {
		return desk.CannedResponse{}, rec.err
	}
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
	errNoLine  = desk.Fail(desk.Invalid, "This cannot be read.")
)

// readCSV reads a table. A row with too few or too many cells is wrong by itself;
// what comes behind another fault cannot be told apart.

func readCSV(content []byte) (out []cannedRecord, err error) {
	r := csv.NewReader(bytes.NewReader(content))
	head, err := r.Read()
	if err != nil || !slices.Equal(head, []string{"words", "text", "for"}) {
		return nil, errNotCSV
	}
	for {
		row, err := r.Read()
		pe, bad := err.(*csv.ParseError)
		switch {
		case err == nil:
			line, _ := r.FieldPos(0)
			out = append(out, cannedRecord{Words: []string{cellText(row[0])}, Text: cellText(row[1]), For: cellText(row[2]), line: line})
		case !bad:
			return out, nil
		default:
			out = append(out, cannedRecord{line: pe.StartLine, err: errNoLine})
			if pe.Err != csv.ErrFieldCount {
				return out, nil
			}
		}
	}
}

// readJSON reads a list. An entry that is something else is wrong by itself.
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
		before := d.InputOffset()
		if err := d.Decode(&rec); err != nil {
			rec.err = errNoLine
		}
		out = append(out, rec)
		if d.InputOffset() == before { // no JSON: there is no way on
			return out, nil
		}
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
