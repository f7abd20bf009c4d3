package protocol

import "github.com/go-json-experiment/json/jsontext"

// Event types at 3.6.
const (
	EventMessage       = "message"
	EventFile          = "file"
	EventRichMessage   = "rich_message"
	EventFilledForm    = "filled_form"
	EventForm          = "form"
	EventCustom        = "custom"
	EventSystemMessage = "system_message"
	EventSystem        = "system" // 3.6; cannot be sent by users
)

// Visibility of events and users: everyone, or agents only.
const (
	VisibilityAll    = "all"
	VisibilityAgents = "agents"
)

// MaxText is the limit of a message's text in bytes of UTF-8 (Agent Chat API
// v3.6, "Message": 16 KB), and MaxFile that of an upload, in bytes (10 MB).
const (
	MaxText = 16 << 10
	MaxFile = 10 << 20
)

// Properties are values by namespace and name. Values are strings, numbers or
// booleans, kept as JSON.
type Properties map[string]map[string]jsontext.Value

// Event is one entry of a thread (v3.6 "Events"). Which fields beyond the
// common ones are set depends on Type; what a type unknown to us carries is in
// Extra.
type Event struct {
	ID         string     `json:"id,omitzero"`
	CustomID   string     `json:"custom_id,omitzero"`
	Type       string     `json:"type"`
	AuthorID   string     `json:"author_id,omitzero"`
	CreatedAt  Time       `json:"created_at,omitzero"`
	Visibility string     `json:"visibility,omitzero"`
	Properties Properties `json:"properties,omitempty"`
	Deleted    bool       `json:"deleted,omitzero"`

	Text     string    `json:"text,omitzero"`     // message, system_message
	Postback *Postback `json:"postback,omitzero"` // message

	Name         string            `json:"name,omitzero"` // file
	URL          string            `json:"url,omitzero"`
	ThumbnailURL string            `json:"thumbnail_url,omitzero"`
	Thumbnail2x  string            `json:"thumbnail2x_url,omitzero"`
	ContentType  string            `json:"content_type,omitzero"`
	Size         int64             `json:"size,omitzero"`
	Width        int               `json:"width,omitzero"`
	Height       int               `json:"height,omitzero"`
	AltText      string            `json:"alternative_text,omitzero"`
	FormID       string            `json:"form_id,omitzero"` // form, filled_form
	FormType     string            `json:"form_type,omitzero"`
	Fields       []FormField       `json:"fields,omitempty"`
	TemplateID   string            `json:"template_id,omitzero"` // rich_message
	Elements     []RichElement     `json:"elements,omitempty"`
	SystemType   string            `json:"system_message_type,omitzero"` // system_message
	TextVars     map[string]string `json:"text_vars,omitempty"`
	Content      jsontext.Value    `json:"content,omitzero"` // custom

	Extra jsontext.Value `json:",embed"`
}

// Postback is what a message answers when the customer pressed a button.
type Postback struct {
	ID       string         `json:"id"`
	ThreadID string         `json:"thread_id,omitzero"`
	EventID  string         `json:"event_id,omitzero"`
	Type     string         `json:"type,omitzero"`
	Value    string         `json:"value,omitzero"`
	Toggled  bool           `json:"toggled,omitzero"`
	Extra    jsontext.Value `json:",embed"`
}

// FormField is a question with its possible options (form) or its answer
// (filled_form). Answer is a string for text fields and an object {id,label}
// for radio, select and group_chooser; checkbox uses Answers.
type FormField struct {
	Type     string         `json:"type"`
	ID       string         `json:"id,omitzero"`
	Label    string         `json:"label,omitzero"`
	Required bool           `json:"required,omitzero"`
	Options  jsontext.Value `json:"options,omitzero"`
	Answer   jsontext.Value `json:"answer,omitzero"`
	Answers  jsontext.Value `json:"answers,omitzero"`
	Extra    jsontext.Value `json:",embed"`
}

// RichElement is one card of a rich message.
type RichElement struct {
	Title    string         `json:"title,omitzero"`
	Subtitle string         `json:"subtitle,omitzero"`
	Image    *Image         `json:"image,omitzero"`
	Buttons  []Button       `json:"buttons,omitempty"`
	Extra    jsontext.Value `json:",embed"`
}

// Image is a picture of a rich message.
type Image struct {
	URL     string         `json:"url"`
	Name    string         `json:"name,omitzero"`
	AltText string         `json:"alternative_text,omitzero"`
	Extra   jsontext.Value `json:",embed"`
}

// Button of a rich message. UserIDs are those who pressed it; the server keeps
// them.
type Button struct {
	Type       string         `json:"type,omitzero"`
	Text       string         `json:"text"`
	Value      string         `json:"value,omitzero"`
	PostbackID string         `json:"postback_id,omitzero"`
	UserIDs    []string       `json:"user_ids"`
	Extra      jsontext.Value `json:",embed"`
}
