package upstream

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// event translates one entry of a thread. A kind that is not known is kept with
// what it carries.
func event(e *protocol.Event) desk.Event {
	out := desk.Event{
		ID: e.ID, CustomID: e.CustomID, Kind: e.Type, AuthorID: e.AuthorID, At: e.CreatedAt.Time(),
		AgentsOnly: e.Visibility == protocol.VisibilityAgents, Deleted: e.Deleted, Text: e.Text, Properties: properties(e.Properties),
	}
	switch e.Type {
	case protocol.EventMessage:
		if p := e.Postback; p != nil {
			out.Postback = &desk.Choice{EventID: p.EventID, PostbackID: p.ID, Value: p.Value}
		}
	case desk.KindAnnotation:
	case protocol.EventSystemMessage:
		out.SystemType, out.Vars = e.SystemType, e.TextVars
	case protocol.EventFile:
		out.File = &desk.File{
			Name: e.Name, URL: e.URL, ContentType: e.ContentType, Size: e.Size, Width: e.Width, Height: e.Height,
			Thumbnail: e.ThumbnailURL, Alt: e.AltText,
		}
	case protocol.EventForm, protocol.EventFilledForm:
		out.Form = form(e)
	case protocol.EventRichMessage:
		out.Rich = rich(e)
	case protocol.EventCustom:
		out.Raw = e.Content
	default:
		out.Raw = e.Extra
	}
	return out
}

func form(e *protocol.Event) *desk.Form {
	f := &desk.Form{Type: e.FormType}
	for i := range e.Fields {
		q := &e.Fields[i]
		out := desk.FormField{Type: q.Type, Label: q.Label, Options: labels(q.Options)}
		if e.Type == protocol.EventFilledForm {
			out.Answers = answers(q)
		}
		f.Fields = append(f.Fields, out)
	}
	return f
}

// answers reads the two shapes of answers: text or one option, and a list of
// options.
func answers(q *protocol.FormField) (out []string) {
	if a := answer(q.Answer); a != "" {
		out = append(out, a)
	}
	return append(out, labels(q.Answers)...)
}

// labels reads a list of options, each text or an object with a label.
func labels(v jsontext.Value) (out []string) {
	var list []jsontext.Value
	if len(v) == 0 || json.Unmarshal(v, &list) != nil {
		return nil
	}
	for _, v := range list {
		if a := answer(v); a != "" {
			out = append(out, a)
		}
	}
	return out
}

func answer(v jsontext.Value) string {
	switch v.Kind() {
	case '{':
		var option struct {
			Label string `json:"label"`
		}
		if json.Unmarshal(v, &option) == nil {
			return option.Label
		}
		return ""
	case 'n', 0:
		return ""
	default:
		return jsonText(v)
	}
}

func rich(e *protocol.Event) *desk.Rich {
	r := &desk.Rich{Template: e.TemplateID}
	for i := range e.Elements {
		el := &e.Elements[i]
		c := desk.Card{Title: el.Title, Subtitle: el.Subtitle}
		if el.Image != nil {
			c.Image, c.ImageAlt = el.Image.URL, el.Image.AltText
		}
		for _, b := range el.Buttons {
			c.Buttons = append(c.Buttons, desk.Button{
				Type: b.Type, Text: b.Text, Value: b.Value, PostbackID: b.PostbackID, UserIDs: b.UserIDs,
			})
		}
		r.Cards = append(r.Cards, c)
	}
	return r
}
