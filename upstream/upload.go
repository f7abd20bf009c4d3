package upstream

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"path"
	"strings"
	"time"

	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// errTooLarge ends an upload while it runs.
var errTooLarge = errors.New("the file is too large")

// sendFileFor is how long sending a file may take.
const sendFileFor = 2 * time.Minute

// Methods of 3.0 (Web only): one sends a file, the other keeps a picture.
const (
	actSendFile    = "send_file"
	actUploadImage = "upload_image"
)

// Upload stores a file at the chat server and returns its address for Send. It
// streams: no more of the file than a few kilobytes is held. r may give up to
// protocol.MaxFile bytes. At 3.0 the file waits here until it is sent.
func (s *Session) Upload(ctx context.Context, name string, r io.Reader) (string, error) {
	token, err := s.bearer(ctx)
	if err != nil {
		return "", err
	}
	if s.reg.dialect.Version < version.V31 {
		address, err := s.reg.spool.put(name, r, s.reg.now())
		if errors.Is(err, errTooLarge) {
			err = tooLarge()
		}
		return address, err
	}
	return s.uploaded(ctx, token, protocol.ActUploadFile, multipartFile{field: "file", name: name, content: r})
}

// UploadImage is Upload for a picture that is no message: one of an agent. At 3.0
// it has a method of its own (v3.0 "Upload image").
func (s *Session) UploadImage(ctx context.Context, name string, r io.Reader) (string, error) {
	if _, has := s.reg.dialect.Method(actUploadImage); !has {
		return s.Upload(ctx, name, r)
	}
	token, err := s.bearer(ctx)
	if err != nil {
		return "", err
	}
	return s.uploaded(ctx, token, actUploadImage, multipartFile{field: "payload.image", name: name, content: r})
}

// uploaded sends a file and returns its address.
func (s *Session) uploaded(ctx context.Context, token Token, action string, file multipartFile) (string, error) {
	var res protocol.UploadFileResponse
	err := s.reg.postFile(ctx, token, action, file, &res)
	if err == nil && res.URL == "" {
		err = errUnreadable
	}
	return res.URL, err
}

// bearer is the token of the connection that is online, for requests over HTTP.
// It counts as use of the desk.
func (s *Session) bearer(ctx context.Context) (token Token, err error) {
	var off error
	err = s.do(ctx, func() {
		s.used()
		if off = s.offline(); off == nil {
			token = s.link.token
		}
	})
	return token, errors.Join(err, off)
}

func tooLarge() error {
	return &desk.Error{Code: desk.Invalid, Text: meanings[protocol.ErrEntityTooLarge].text, Field: "file"}
}

// sendFile sends a spooled file as a message (v3.0 "Send file"). The answer goes
// the way of every message's; the event tells its address.
func (s *Session) sendFile(m *sending) {
	f, name, ok := s.reg.spool.open(m.out.FileURL)
	if !ok {
		s.failSend(m, "This file is no longer here. Discard the message and choose the file again.")
		return
	}
	m.phase, m.due = flying, time.Time{}
	token := s.link.token
	fields := [][2]string{{"payload.chat_id", m.out.ChatID}, {"payload.custom_id", m.out.CustomID}}
	s.reg.start(func() {
		defer f.Close()
		ctx, cancel := context.WithTimeout(s.ctx, sendFileFor)
		defer cancel()
		err := s.reg.postFile(ctx, token, actSendFile, multipartFile{fields, "payload.file", name, f}, nil)
		s.post(func() { s.answerSend(m, nil, err) })
	})
}

// multipartFile is a form with one file.
type multipartFile struct {
	fields  [][2]string // name, value
	field   string      // of the file
	name    string
	content io.Reader
}

// postFile sends a form to a Web method while it is being written.
func (r *Registry) postFile(ctx context.Context, token Token, action string, file multipartFile, result any) error {
	body, w := io.Pipe()
	form := multipart.NewWriter(w)
	written := make(chan error, 1)
	r.start(func() {
		err := file.write(form)
		w.CloseWithError(err)
		written <- err
	})
	err := r.web.send(ctx, token, r.web.at.agent+action, form.FormDataContentType(), body, result)
	body.CloseWithError(io.ErrClosedPipe)
	select {
	case cause := <-written:
		if errors.Is(cause, errTooLarge) {
			return tooLarge()
		}
	case <-ctx.Done(): // the file may block for longer than anybody waits
	}
	return err
}

func (f *multipartFile) write(form *multipart.Writer) error {
	for _, field := range f.fields {
		if err := form.WriteField(field[0], field[1]); err != nil {
			return fmt.Errorf("write form: %w", err)
		}
	}
	part, err := form.CreateFormFile(f.field, fileName(f.name))
	if err != nil {
		return fmt.Errorf("write form: %w", err)
	}
	if _, err := copyFile(part, f.content); err != nil {
		return err
	}
	return form.Close()
}

// copyFile copies a file that is no longer than files may be.
func copyFile(w io.Writer, r io.Reader) (int64, error) {
	n, err := io.Copy(w, io.LimitReader(r, protocol.MaxFile+1))
	switch {
	case err != nil:
		return n, fmt.Errorf("read file: %w", err)
	case n > protocol.MaxFile:
		return n, errTooLarge
	}
	return n, nil
}

// fileName is the last part of a path, whatever system it comes from.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	if name == "." || name == "/" {
		return "file"
	}
	return name
}
