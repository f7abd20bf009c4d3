package upstream

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"path"
	"strings"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// errTooLarge ends an upload while it runs.
var errTooLarge = errors.New("the file is too large")

// Upload stores a file at the chat server and returns its address for Send. It
// streams: no more of the file than a few kilobytes is held. r may give up to
// protocol.MaxFile bytes.
func (s *Session) Upload(ctx context.Context, name string, r io.Reader) (string, error) {
	var token Token
	var off error
	if err := s.do(ctx, func() {
		s.used()
		if off = s.offline(); off == nil {
			token = s.link.token
		}
	}); err != nil || off != nil {
		return "", errors.Join(err, off)
	}
	body, w := io.Pipe()
	form := multipart.NewWriter(w)
	written := make(chan error, 1)
	s.reg.start(func() {
		err := fill(form, name, r)
		w.CloseWithError(err)
		written <- err
	})
	var res protocol.UploadFileResponse
	err := s.reg.web.send(ctx, token, s.reg.web.at.agent+protocol.ActUploadFile, form.FormDataContentType(), body, &res)
	body.CloseWithError(io.ErrClosedPipe)
	select {
	case cause := <-written:
		if errors.Is(cause, errTooLarge) {
			return "", &desk.Error{Code: desk.Invalid, Text: meanings[protocol.ErrEntityTooLarge].text, Field: "file"}
		}
	case <-ctx.Done(): // r may block for longer than anybody waits
	}
	switch {
	case err != nil:
		return "", err
	case res.URL == "":
		return "", desk.Fail(desk.Internal, "The chat server's answer could not be read.")
	}
	return res.URL, nil
}

// fill writes the one part of the form.
func fill(form *multipart.Writer, name string, r io.Reader) error {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	if name == "." || name == "/" {
		name = "file"
	}
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		return fmt.Errorf("write form: %w", err)
	}
	n, err := io.Copy(part, io.LimitReader(r, protocol.MaxFile+1))
	switch {
	case err != nil:
		return fmt.Errorf("read file: %w", err)
	case n > protocol.MaxFile:
		return errTooLarge
	}
	return form.Close()
}
