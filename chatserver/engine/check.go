package engine

import (
	"errors"
	"strings"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// checkEvent validates an event somebody wants to send and reduces it to the
// fields its type has; at is the name of the event's field in the request.
func (w *work) checkEvent(at string, in protocol.Event) (protocol.Event, error) {
	ev := protocol.Event{Type: in.Type, CustomID: in.CustomID, Visibility: in.Visibility, Properties: in.Properties}
	if err := checkVisibility(at+".visibility", &ev.Visibility); err != nil {
		return ev, err
	}
	if err := checkID(at+".custom_id", in.CustomID); err != nil {
		return ev, err
	}
	if err := checkProperties(at+".properties", in.Properties); err != nil {
		return ev, err
	}
	var err error
	switch in.Type {
	case protocol.EventMessage:
		ev.Text, ev.Postback = in.Text, in.Postback
		if err = checkText(at+".text", in.Text, true); err == nil {
			err = checkPostback(at+".postback", in.Postback)
		}
	case protocol.EventFile:
		err = w.checkFile(at, in, &ev)
	case protocol.EventRichMessage:
		ev.TemplateID, ev.Elements, err = in.TemplateID, in.Elements, checkRich(at, in)
	case protocol.EventFilledForm, protocol.EventForm:
		ev.FormID, ev.FormType, ev.Fields, err = in.FormID, in.FormType, in.Fields, checkForm(at, in)
	case protocol.EventCustom:
		ev.Content, err = in.Content, checkContent(at+".content", in.Content)
	case protocol.EventSystemMessage:
		ev.SystemType, ev.Text, ev.TextVars = in.SystemType, in.Text, in.TextVars
		if err = required(at+".system_message_type", in.SystemType); err == nil {
			err = checkText(at+".text", in.Text, false)
		}
	case eventAnnotation:
		if !w.by.Rules.Annotations {
			return ev, invalid(at+".type", "is not a type that can be sent")
		}
		ev.Text, ev.Extra, err = in.Text, annotation(in.Extra), checkText(at+".text", in.Text, true)
	case "":
		err = invalid(at+".type", "is required")
	default:
		err = invalid(at+".type", "is not a type that can be sent")
	}
	return ev, err
}

func checkText(field, text string, needed bool) error {
	if needed && strings.TrimSpace(text) == "" {
		return invalid(field, "is required")
	}
	if len(text) > protocol.MaxText {
		return invalid(field, "is longer than 16 KB")
	}
	return nil
}

func checkContent(field string, content jsontext.Value) error {
	if len(content) > 0 && content.Kind() != '{' {
		return invalid(field, "must be an object")
	}
	return nil
}

// checkFile completes a file event from the upload its url names.
func (w *work) checkFile(at string, in protocol.Event, ev *protocol.Event) error {
	if in.URL == "" {
		return invalid(at+".url", "is required")
	}
	id, ok := w.e.fileID(in.URL)
	if !ok {
		return invalid(at+".url", "must be an address that upload_file returned")
	}
	f, err := w.e.store.File(w.ctx, id)
	if errors.Is(err, store.ErrNotFound) || err == nil && w.e.expired(f) {
		return invalid(at+".url", "names a file that does not exist any more")
	}
	if err != nil {
		return err
	}
	ev.URL, ev.Name, ev.ContentType, ev.Size = w.e.FileURL(f), f.Name, f.ContentType, f.Size
	if f.Width > 0 {
		ev.Width, ev.Height, ev.AltText = f.Width, f.Height, in.AltText
		ev.ThumbnailURL, ev.Thumbnail2x = w.e.thumbURL(f, ""), w.e.thumbURL(f, "2x")
	}
	return nil
}
