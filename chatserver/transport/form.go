package transport

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"agentdesk/protocol"
)

// maxForm bounds the texts beside the file of a form, in bytes.
const maxForm = 16 << 10

// upload reads a form: the file is streamed into the engine, the texts become
// the payload, without the prefix that 3.0 gives their names. Forms are read to
// the end, for a text may follow the file.
func (a *API) upload(w http.ResponseWriter, r *http.Request, c call, req *Request) (any, error) {
	if err := a.open(r.Context(), c, req); err != nil {
		return nil, err
	}
	r.Body = http.MaxBytesReader(w, r.Body, protocol.MaxFile+64<<10)
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, protocol.Fail(protocol.ErrValidation, "`"+c.act.File+"` must come as multipart/form-data.")
	}
	texts := map[string]string{}
	for {
		part, err := parts.NextPart()
		if err == io.EOF && req.Upload != "" {
			break
		}
		if err != nil {
			return nil, uploadError(err, c.act.File)
		}
		if part.FormName() != c.act.File {
			if err := readText(part, texts); err != nil {
				return nil, uploadError(err, c.act.File)
			}
			continue
		}
		if req.Upload != "" {
			return nil, protocol.Fail(protocol.ErrValidation, "`"+c.act.File+"` came twice.")
		}
		if req.Upload, err = a.Engine.AddFile(r.Context(), req.Actor, part.FileName(), part); err != nil {
			return nil, uploadError(err, c.act.File)
		}
	}
	if c.msg.Payload, err = protocol.Encode(texts); err != nil {
		return nil, err
	}
	return a.run(r.Context(), c, req)
}

// Uploaded is the handler of upload_file: the file has come, here is its address.
func Uploaded(_ context.Context, r *Request) (any, error) {
	return protocol.UploadFileResponse{URL: r.Upload}, nil
}

// readText keeps a part that is a text.
func readText(part *multipart.Part, into map[string]string) error {
	b, err := io.ReadAll(io.LimitReader(part, maxForm+1))
	if err != nil {
		return err
	}
	name := strings.TrimPrefix(part.FormName(), "payload.")
	if len(b) > maxForm || len(into) >= 20 {
		return protocol.Fail(protocol.ErrValidation, "`"+name+"` is too long.")
	}
	into[name] = string(b)
	return nil
}

// uploadError tells why a form with a file could not be taken.
func uploadError(err error, field string) error {
	var tooLarge *http.MaxBytesError
	var pe *protocol.Error
	switch {
	case errors.As(err, &tooLarge):
		return protocol.Fail(protocol.ErrEntityTooLarge, "Upload limit exceeded (10MB).")
	case errors.Is(err, io.EOF):
		return protocol.Fail(protocol.ErrValidation, "`"+field+"` is required")
	case errors.As(err, &pe):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF), strings.HasPrefix(err.Error(), "multipart:"):
		return protocol.Fail(protocol.ErrValidation, "`"+field+"` broke off.")
	}
	return err
}
