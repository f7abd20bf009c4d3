package files

import (
	"errors"
	"mime"
	"net/http"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
)

// inline are the types a browser may show in place; everything else is saved.
var inline = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true}

// Handler answers GET /files/{id}/{name}. The names thumb.png and thumb2x.png
// are pictures made by the server, where the file is a picture.
func Handler(e *engine.Engine) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		variant := map[string]string{"thumb.png": "thumb", "thumb2x.png": "thumb2x"}[r.PathValue("name")]
		f, body, err := e.OpenFile(r.Context(), r.PathValue("id"), variant)
		if variant != "" && err != nil {
			variant = "" // a file of that name
			f, body, err = e.OpenFile(r.Context(), r.PathValue("id"), variant)
		}
		var pe *protocol.Error
		switch {
		case errors.As(err, &pe):
			transport.Fail(w, pe)
			return
		case err != nil:
			transport.Fail(w, protocol.Fail(protocol.ErrInternal, "Internal server error"))
			return
		}
		defer body.Close()
		kind := f.ContentType
		if variant != "" {
			kind = "image/png"
		}
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "private, max-age=86400, immutable")
		h.Set("Content-Type", kind)
		how := "attachment"
		if inline[kind] {
			how = "inline"
		} else {
			h.Set("Content-Type", safeType(kind))
		}
		if d := mime.FormatMediaType(how, map[string]string{"filename": f.Name}); d != "" {
			how = d
		}
		h.Set("Content-Disposition", how)
		http.ServeContent(w, r, "", f.CreatedAt.Time().Truncate(time.Second), body)
	}
}

// safeType keeps types that no browser runs and hides the others.
func safeType(kind string) string {
	switch kind {
	case "application/pdf", "application/zip", "text/plain", "text/csv", "audio/mpeg", "video/mp4":
		return kind
	}
	return "application/octet-stream"
}
