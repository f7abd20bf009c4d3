package engine

import (
	"image"
	_ "image/gif" // decoders of the pictures that get thumbnails
	_ "image/jpeg"
	"image/png"
	"os"

	"golang.org/x/image/draw"
)

// Sizes of thumbnails in pixels, and the most pixels a picture may have to get
// one: decoding takes four bytes for each.
const (
	thumbSide = 240
	maxPixels = 40_000_000
)

// thumbnails measures a picture and writes its two thumbnails. It returns zeroes
// for what is no picture or too large: such a file is sent like any other.
func (e *Engine) thumbnails(at, id string) (width, height int) {
	f, err := os.Open(at)
	if err != nil {
		return 0, 0
	}
	defer f.Close()
	c, _, err := image.DecodeConfig(f)
	if err != nil || c.Width <= 0 || c.Height <= 0 || int64(c.Width)*int64(c.Height) > maxPixels {
		return 0, 0
	}
	if _, err := f.Seek(0, 0); err != nil {
		return 0, 0
	}
	e.drawing <- struct{}{} // one at a time: a picture can take 160 MB
	defer func() { <-e.drawing }()
	src, _, err := image.Decode(f)
	if err != nil {
		return 0, 0
	}
	for variant, side := range map[string]int{".thumb": thumbSide, ".thumb2x": 2 * thumbSide} {
		if err := writeThumb(e.filePath(id, variant), src, side); err != nil {
			e.log.Error("a thumbnail could not be written", "err", err)
			return 0, 0
		}
	}
	return c.Width, c.Height
}

func writeThumb(at string, src image.Image, side int) error {
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	if longest := max(w, h); longest > side {
		w, h = max(1, w*side/longest), max(1, h*side/longest)
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.ApproxBiLinear.Scale(dst, dst.Bounds(), src, b, draw.Src, nil)
	out, err := os.OpenFile(at, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if err := png.Encode(out, dst); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
