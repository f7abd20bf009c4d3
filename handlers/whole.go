package handlers

import (
	"bytes"
	"io"
	"mime"
	"net/http"
)

// ending remembers the last bytes of a body. Package multipart reports a form
// that was cut after a border exactly as it reports one that is whole.
type ending struct {
	io.ReadCloser
	last []byte
	keep int
}

// watchEnding puts an ending in front of a multipart request's body. border is
// what a whole form ends with.
func watchEnding(r *http.Request) (e *ending, border []byte) {
	_, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	border = []byte("--" + params["boundary"] + "--")
	e = &ending{ReadCloser: r.Body, keep: len(border) + 8} // and the line end
	r.Body = e
	return e, border
}

func (e *ending) Read(p []byte) (int, error) {
	n, err := e.ReadCloser.Read(p)
	e.last = append(e.last, p[max(0, n-e.keep):n]...)
	e.last = e.last[max(0, len(e.last)-e.keep):]
	return n, err
}

// whole reads what is left and reports whether the form came to its end.
func (e *ending) whole(border []byte) error {
	if _, err := io.Copy(io.Discard, e); err != nil {
		return err
	}
	if !bytes.HasSuffix(bytes.TrimRight(e.last, "\r\n \t"), border) {
		return io.ErrUnexpectedEOF
	}
	return nil
}
