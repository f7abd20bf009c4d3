package demo

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// attachment is an upload that several conversations show.
type attachment struct {
	photo bool
	event protocol.Event
}

// upload keeps the demo's pictures and papers on the server.
func upload(ctx context.Context, e *engine.Engine) ([]attachment, error) {
	var out []attachment
	for i, name := range []string{"IMG_2041.jpg", "seam.jpg", "zip_broken.jpg"} {
		a, err := keep(ctx, e, name, photo(i, photoWidth))
		if err != nil {
			return nil, err
		}
		a.photo = true
		out = append(out, a)
	}
	for i, name := range []string{"Invoice NB.pdf", "Return label.pdf"} {
		a, err := keep(ctx, e, name, paper(i))
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// keep stores one file for good and describes it as a file event does.
func keep(ctx context.Context, e *engine.Engine, name string, body []byte) (attachment, error) {
	by := engine.Actor{Kind: protocol.UserAgent, ID: Accounts[0].Email}
	url, err := e.AddFile(ctx, by, name, bytes.NewReader(body))
	if err != nil {
		return attachment{}, fmt.Errorf("demo file: %w", err)
	}
	ev, err := e.DescribeFile(ctx, url)
	if err != nil {
		return attachment{}, fmt.Errorf("demo file: %w", err)
	}
	return attachment{event: ev}, nil
}

// photoWidth is the width of the demo's photos, in pixels.
const photoWidth = 480

// photo draws a piece of cloth with a hole in it, w pixels wide.
func photo(n, w int) []byte {
	h := w * 3 / 4
	scale := photoWidth / float64(w)
	cloth := []color.RGBA{{196, 98, 54, 255}, {82, 100, 140, 255}, {77, 125, 90, 255}, {138, 90, 53, 255}}[n%4]
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	cx, cy := float64(w)*(.4+.08*float64(n)), float64(h)*.52
	for y := range h {
		for x := range w {
			light := .82 + .12*math.Sin(float64(x+y*2)/9) + .06*math.Sin(float64(x)/2.5) - .25*math.Hypot(float64(x-w/2), float64(y-h/2))/float64(w)
			a := math.Atan2(float64(y)-cy, float64(x)-cx)
			d := math.Hypot(float64(x)-cx, (float64(y)-cy)*1.6) * scale
			switch edge := 48 + 10*math.Sin(a*5+float64(n)) + 5*math.Sin(a*11); {
			case d < edge:
				light *= .18
			case d < edge+9:
				light *= 1.25
			}
			img.SetRGBA(x, y, color.RGBA{shade(cloth.R, light), shade(cloth.G, light), shade(cloth.B, light), 255})
		}
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil) // a buffer takes everything
	return b.Bytes()
}

func shade(c uint8, light float64) uint8 { return uint8(max(0, min(255, float64(c)*light))) }

// paper writes a PDF of one page.
func paper(n int) []byte {
	title := []string{"Nordby  -  Invoice", "Nordby  -  Return label"}[n%2]
	content := fmt.Sprintf("BT /F1 24 Tf 72 760 Td (%s) Tj /F1 12 Tf 0 -40 Td (This is a paper of the demo shop.) Tj ET", title)
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	at := make([]int, len(objects))
	for i, o := range objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj%s endobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return b.Bytes()
}

// sent is a file event by somebody.
func (a attachment) sent(author string, at protocol.Time) protocol.Event {
	ev := a.event
	ev.AuthorID, ev.CreatedAt, ev.Visibility = author, at, protocol.VisibilityAll
	return ev
}
