package handlers

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

// maxFiles is how many files one form may bring.
const maxFiles = 10

// maxBaseID leaves room behind a form's custom_id for the number of a file.
const maxBaseID = 60

// message is the composer's form.
type message struct {
	chatID     string
	customID   string
	text       string
	agentsOnly bool
	files      []upload
	picture    bool         // files are pictures of agents
	closing    desk.Command // what closes the chat behind it; nil leaves it open
}

// upload is a file that the chat server has taken.
type upload struct{ name, url string }

// send says something in a chat. Everything is read and checked, and all files
// are with the chat server, before anything is said; the same form sent again is
// the same messages, because each gets its custom_id from the form's.
func (s *Server) send(c echo.Context) error {
	m := &message{}
	err := s.readMessage(c, m)
	if err == nil {
		err = s.say(c, m)
	}
	if err != nil {
		return s.refuse(c, m.chatID, err, func(p *views.ChatPane) {
			p.Text, p.Note = m.text, m.agentsOnly
			if m.customID != "" && fieldOf(err) != "custom_id" { // an id that is refused would be again
				p.CustomID = m.customID
			}
		})
	}
	return s.done(c, s.path("chats", m.chatID))
}

// say hands a message to the desk: its text, then each file.
func (s *Server) say(c echo.Context, m *message) error {
	d, ctx := visitIn(c).desk, c.Request().Context()
	if m.text != "" {
		cmd := desk.Send{ChatID: m.chatID, CustomID: m.customID, Text: m.text, AgentsOnly: m.agentsOnly}
		if _, err := d.Do(ctx, cmd); err != nil {
			return err
		}
	}
	for i, f := range m.files {
		cmd := desk.Send{
			ChatID: m.chatID, CustomID: m.customID + "-" + strconv.Itoa(i+1),
			AgentsOnly: m.agentsOnly, FileURL: f.url, FileName: f.name,
		}
		if _, err := d.Do(ctx, cmd); err != nil {
			return err
		}
	}
	if m.closing != nil {
		_, err := d.Do(ctx, m.closing)
		return err
	}
	return nil
}

// readMessage reads the form. What could be read stays in m, also on an error.
func (s *Server) readMessage(c echo.Context, m *message) (err error) {
	if m.chatID, err = param(c, "chat"); err != nil {
		return err
	}
	// A message for a chat that is not this agent's would wait in the outbox
	// where nobody sees it.
	if _, err = visitIn(c).desk.Chat(c.Request().Context(), m.chatID, "", 1); err != nil {
		return err
	}
	values := url.Values{}
	kind, _, _ := mime.ParseMediaType(c.Request().Header.Get("Content-Type"))
	if kind == "multipart/form-data" {
		values, err = s.readParts(c, m)
	} else {
		var f *form
		if f, err = postForm(c); err == nil {
			values = f.values
		}
	}
	if err == nil {
		err = s.cannedFiles(c, m, values["canned_file"])
	}
	f := &form{values: values}
	m.text = messageText(f)
	m.agentsOnly = f.agentsOnly()
	if f.values.Get("close") != "" {
		m.closing = deactivate(f, m.chatID)
	}
	m.customID = f.customID()
	if len(m.customID) > maxBaseID {
		f.wrong("custom_id", "This form is not complete. Load the page again.")
	}
	switch {
	case err != nil:
		return err
	case f.err != nil:
		return f.err
	case m.text == "" && len(m.files) == 0:
		return &desk.Error{Code: desk.Invalid, Text: "Write something, or choose a file.", Field: "text"}
	}
	return nil
}

// messageText reads the text. What is too long comes back whole, so that
// nothing written is lost.
func messageText(f *form) string {
	text := strings.ReplaceAll(f.values.Get("text"), "\r\n", "\n") // browsers send every line end so
	switch {
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		f.wrong("text", "This text holds characters that cannot be sent.")
		return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
	case len(text) > maxText:
		f.wrong("text", "A message can have up to 16 kB; this one has %d kB. Split it in two.", (len(text)+1023)>>10)
	case strings.TrimSpace(text) == "":
		return ""
	}
	return text
}

// readParts reads a multipart form as it comes in: files go straight on to the
// chat server and never lie on this one.
func (s *Server) readParts(c echo.Context, m *message) (url.Values, error) {
	values := url.Values{}
	end, border := watchEnding(c.Request())
	parts, err := c.Request().MultipartReader()
	if err != nil {
		return values, readError(err)
	}
	room := maxSmallForm
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			if err := end.whole(border); err != nil {
				return values, readError(err) // nothing of a form cut short is sent
			}
			return values, nil
		case err != nil:
			return values, readError(err)
		}
		if part.FileName() != "" {
			if err := s.upload(c, m, part); err != nil {
				return values, err
			}
			continue
		}
		b, err := io.ReadAll(io.LimitReader(part, int64(room)+1))
		if err != nil {
			return values, readError(err)
		}
		if room -= len(b); room < 0 {
			return values, echo.NewHTTPError(http.StatusRequestEntityTooLarge)
		}
		if part.FormName() != "file" { // a file field where none was chosen
			values.Add(part.FormName(), string(b))
		}
	}
}

// errTooLarge ends an upload whose file is larger than files may be.
var errTooLarge = &desk.Error{Code: desk.Invalid, Text: "This file is too large: files can have up to 10 MB.", Field: "file"}

func (s *Server) upload(c echo.Context, m *message, part *multipart.Part) error {
	if len(m.files) == maxFiles {
		return &desk.Error{Code: desk.Invalid, Text: "At most %d files can be sent at once.", Args: []any{maxFiles}, Field: "file"}
	}
	name := strings.ToValidUTF8(part.FileName(), "\uFFFD")
	if len(name) > maxID {
		name = strings.ToValidUTF8(name[len(name)-maxID:], "") // the end has the kind
	}
	limited := &limitedReader{r: part, left: maxFile}
	keep, content := visitIn(c).desk.Upload, io.Reader(limited)
	if m.picture {
		var err error
		if content, err = pictureIn(limited); err != nil {
			return err
		}
		keep = visitIn(c).desk.UploadImage
	}
	url, err := keep(c.Request().Context(), name, content)
	var tooLarge *http.MaxBytesError
	switch {
	case limited.over || errors.As(err, &tooLarge):
		return errTooLarge
	case err != nil:
		return err
	}
	m.files = append(m.files, upload{name: name, url: url})
	return nil
}

// limitedReader fails on the first byte too many, instead of ending there as if
// the file were whole.
type limitedReader struct {
	r    io.Reader
	left int64
	over bool
}

func (l *limitedReader) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		l.over = true
		return 0, errTooLarge
	}
	return n, err
}
