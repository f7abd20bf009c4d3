package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/gabriel-vasile/mimetype"
)

// filesPath is where files are served below the public URL.
const filesPath = "/files/"

// refusedExtensions are files that run when opened; refusedTypes the same by
// content.
var (
	refusedExtensions = map[string]bool{
		".exe": true, ".com": true, ".bat": true, ".cmd": true, ".scr": true, ".msi": true, ".pif": true, ".ps1": true,
		".vbs": true, ".vbe": true, ".jse": true, ".wsf": true, ".wsh": true, ".hta": true, ".cpl": true, ".dll": true,
		".jar": true, ".sh": true, ".app": true, ".apk": true, ".deb": true, ".rpm": true, ".dmg": true, ".lnk": true,
	}
	refusedTypes = []string{
		"application/vnd.microsoft.portable-executable", "application/x-elf", "application/x-object", "application/x-executable",
		"application/x-sharedlib", "application/x-mach-binary", "application/x-msdownload", "application/jar", "application/x-java-applet",
		"application/vnd.debian.binary-package", "application/x-rpm", "application/x-ms-shortcut", "application/x-ms-installer",
	}
)

// AddFile keeps an upload and returns its address, which dies after
// Settings.FileLifetime unless an event uses it. It reads at most
// protocol.MaxFile bytes; more is entity_too_large, an executable is validation.
func (e *Engine) AddFile(ctx context.Context, by Actor, name string, body io.Reader) (string, error) {
	if e.filesDir == "" {
		return "", protocol.Fail(protocol.ErrServiceUnavailable, "This server keeps no files.")
	}
	f := store.File{ID: NewSecret(), Name: safeName(name), OwnerID: by.ID, CreatedAt: protocol.At(e.now())}
	at := e.filePath(f.ID, "")
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		return "", err
	}
	if err := writeLimited(at, body, &f.Size); err != nil {
		os.Remove(at)
		return "", err
	}
	if err := e.inspect(at, &f); err != nil {
		e.removeFile(f.ID)
		return "", err
	}
	if err := e.store.Update(ctx, func(t *store.Tx) error { return t.PutFile(f) }); err != nil {
		e.removeFile(f.ID)
		return "", err
	}
	return e.FileURL(f), nil
}

func writeLimited(at string, body io.Reader, size *int64) error {
	out, err := os.OpenFile(at, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	n, err := io.Copy(out, io.LimitReader(body, protocol.MaxFile+1))
	*size = n
	err = errors.Join(err, out.Sync(), out.Close())
	if n > protocol.MaxFile {
		return protocol.Fail(protocol.ErrEntityTooLarge, "Upload limit exceeded (10MB).")
	}
	return err
}

// inspect finds out what the upload is, and makes thumbnails of pictures.
func (e *Engine) inspect(at string, f *store.File) error {
	if f.Size == 0 {
		return invalid("file", "is empty")
	}
	m, err := mimetype.DetectFile(at)
	if err != nil {
		return err
	}
	if refusedExtensions[strings.ToLower(path.Ext(f.Name))] || executable(m) {
		return invalid("file", "is a program: programs cannot be sent")
	}
	f.ContentType, _, _ = mime.ParseMediaType(m.String())
	switch f.ContentType {
	case "image/png", "image/jpeg", "image/gif":
		f.Width, f.Height = e.thumbnails(at, f.ID)
	}
	return nil
}

func executable(m *mimetype.MIME) bool {
	for ; m != nil; m = m.Parent() {
		for _, t := range refusedTypes {
			if m.Is(t) {
				return true
			}
		}
	}
	return false
}

// safeName keeps what a file name may show: no path, no control or direction
// marks, at most 120 characters.
func safeName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || strings.ContainsRune(`<>:"/|?*`, r) {
			return -1
		}
		return r
	}, name)
	name = strings.Trim(name, ". ")
	if r := []rune(name); len(r) > 120 {
		ext := []rune(path.Ext(name))
		if len(ext) > 10 {
			ext = nil
		}
		name = string(r[:120-len(ext)]) + string(ext)
	}
	if name == "" {
		return "file"
	}
	return name
}

// FileURL is the address of a file.
func (e *Engine) FileURL(f store.File) string {
	return e.public() + filesPath + f.ID + "/" + url.PathEscape(f.Name)
}

func (e *Engine) thumbURL(f store.File, size string) string {
	return e.public() + filesPath + f.ID + "/thumb" + size + ".png"
}

// fileID reads the id out of one of our own addresses.
func (e *Engine) fileID(address string) (string, bool) {
	rest, ok := strings.CutPrefix(address, e.public()+filesPath)
	if !ok {
		return "", false
	}
	id, _, ok := strings.Cut(rest, "/")
	return id, ok && validFileID(id)
}

func validFileID(id string) bool {
	return len(id) == 43 && strings.IndexFunc(id, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_')
	}) < 0
}

// filePath is where the bytes of a file, or of a thumbnail of it, lie.
func (e *Engine) filePath(id, variant string) string {
	return filepath.Join(e.filesDir, id[:2], id+variant)
}

// OpenFile opens a file for serving. variant is "", "thumb" or "thumb2x". An
// unknown, unused and outdated, or malformed id is not_found.
func (e *Engine) OpenFile(ctx context.Context, id, variant string) (store.File, *os.File, error) {
	if !validFileID(id) || e.filesDir == "" {
		return store.File{}, nil, notFound("file")
	}
	f, err := e.store.File(ctx, id)
	if errors.Is(err, store.ErrNotFound) || err == nil && e.expired(f) {
		return f, nil, notFound("file")
	}
	if err != nil {
		return f, nil, err
	}
	if variant != "" {
		variant = "." + variant
	}
	body, err := os.Open(e.filePath(id, variant))
	if errors.Is(err, os.ErrNotExist) {
		return f, nil, notFound("file")
	}
	if err != nil {
		return f, nil, fmt.Errorf("open file: %w", err)
	}
	return f, body, nil
}
