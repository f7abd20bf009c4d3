package engine

import (
	"fmt"
	"slices"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Limits of rich messages at 3.6 (structures page).
const (
	maxElements = 10
	maxButtons  = 13
)

// more are the fields of buttons, elements and postbacks that have no place of
// their own in package protocol.
type more struct {
	WebviewHeight *string         `json:"webview_height"`
	Target        *string         `json:"target"`
	Ecommerce     *jsontext.Value `json:"ecommerce"`
}

func readMore(at string, extra jsontext.Value) (more, error) {
	var m more
	if len(extra) == 0 {
		return m, nil
	}
	if err := json.Unmarshal(extra, &m); err != nil {
		return m, invalid(at, "has a field of the wrong type")
	}
	return m, nil
}

// oneOf takes a value from a list, and none at all.
func oneOf(field string, value *string, allowed ...string) error {
	if value == nil || slices.Contains(allowed, *value) {
		return nil
	}
	return invalid(field, fmt.Sprintf("must be one of %v", allowed))
}

func checkRich(at string, in protocol.Event) error {
	if err := oneOf(at+".template_id", &in.TemplateID, "cards", "sticker", "quick_replies", "ecommerce"); err != nil {
		return err
	}
	if len(in.Elements) > maxElements {
		return invalid(at+".elements", "has more than 10 elements")
	}
	for i, el := range in.Elements {
		if err := checkElement(fmt.Sprintf("%s.elements.%d", at, i), el); err != nil {
			return err
		}
	}
	return nil
}

func checkElement(at string, el protocol.RichElement) error {
	if err := checkText(at+".title", el.Title, false); err != nil {
		return err
	}
	if err := checkText(at+".subtitle", el.Subtitle, false); err != nil {
		return err
	}
	if el.Image != nil && el.Image.URL == "" {
		return invalid(at+".image.url", "is required")
	}
	if err := checkEcommerce(at, el.Extra, false); err != nil {
		return err
	}
	if len(el.Buttons) > maxButtons {
		return invalid(at+".buttons", "has more than 13 buttons")
	}
	for i := range el.Buttons {
		if err := checkButton(fmt.Sprintf("%s.buttons.%d", at, i), &el.Buttons[i]); err != nil {
			return err
		}
	}
	return nil
}

// checkButton also takes away who pressed the button: the server keeps that.
func checkButton(at string, b *protocol.Button) error {
	b.UserIDs = []string{}
	if err := checkText(at+".text", b.Text, true); err != nil {
		return err
	}
	if err := required(at+".postback_id", b.PostbackID); err != nil {
		return err
	}
	m, err := readMore(at, b.Extra)
	if err != nil {
		return err
	}
	switch b.Type {
	case "":
		if b.Value != "" {
			return invalid(at+".type", "is required where there is a value")
		}
	case "webview", "message", "url", "phone":
		if err := checkText(at+".value", b.Value, true); err != nil {
			return err
		}
	default:
		return invalid(at+".type", "must be webview, message, url or phone")
	}
	if m.WebviewHeight != nil && b.Type != "webview" {
		return invalid(at+".webview_height", "is for buttons of type webview")
	}
	if m.Target != nil && b.Type != "url" {
		return invalid(at+".target", "is for buttons of type url")
	}
	if err := oneOf(at+".webview_height", m.WebviewHeight, "compact", "full", "tall"); err != nil {
		return err
	}
	return oneOf(at+".target", m.Target, "new", "current")
}

// checkPostback holds what a message says about the button it answers.
func checkPostback(at string, p *protocol.Postback) error {
	if p == nil {
		return nil
	}
	for _, f := range [][2]string{{"id", p.ID}, {"thread_id", p.ThreadID}, {"event_id", p.EventID}} {
		if err := required(at+"."+f[0], f[1]); err != nil {
			return err
		}
	}
	if p.Type == "" && p.Value != "" {
		return invalid(at+".type", "is required where there is a value")
	}
	if p.Type != "" && p.Value == "" {
		return invalid(at+".value", "is required where there is a type")
	}
	if err := checkText(at+".value", p.Value, false); err != nil {
		return err
	}
	return checkEcommerce(at, p.Extra, true)
}

// checkEcommerce holds that goods are named (3.6). Elements may describe them
// without.
func checkEcommerce(at string, extra jsontext.Value, named bool) error {
	m, err := readMore(at, extra)
	if err != nil || m.Ecommerce == nil {
		return err
	}
	var goods struct {
		ProductID string `json:"product_id"`
	}
	if json.Unmarshal(*m.Ecommerce, &goods) != nil {
		return invalid(at+".ecommerce", "must be an object whose product_id is text")
	}
	if named {
		return required(at+".ecommerce.product_id", goods.ProductID)
	}
	return nil
}
