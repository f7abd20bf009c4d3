package protocol

import "strings"

// MessagePush is a whole frame of the push that comes by far the most often: an
// incoming_event with a plain message, as it is from 3.4 on.
type MessagePush struct {
	Version, ChatID, ThreadID    string
	ID, CustomID, AuthorID, Text string
	CreatedAt                    Time
	Visibility                   string
}

// ReadMessagePush reads such a frame in one pass and with one allocation, under
// the rules of ParseFrame. It takes only what it is made for: where ok is false
// the frame may still be good, and is to be read the long way; where ok is true
// the long way gives the same. Nothing of p points into data.
func ReadMessagePush(data []byte) (p MessagePush, ok bool) {
	s := scanner{data: data}
	if len(data) > MaxFrame || !s.object(inFrame) || s.at != len(data) {
		return p, false
	}
	if string(s.raw(fieldAction)) != PushIncomingEvent || string(s.raw(fieldType)) != TypePush ||
		string(s.raw(fieldKind)) != EventMessage || len(s.raw(fieldChat)) == 0 || len(s.raw(fieldRequest)) > MaxID {
		return p, false
	}
	if s.found[fieldCreated].escaped || p.CreatedAt.UnmarshalText(s.raw(fieldCreated)) != nil {
		return p, false
	}
	var all strings.Builder // all that is kept lies in one piece
	size := 0
	for f := range fieldRequest {
		size += len(s.raw(f))
	}
	all.Grow(size)
	text := func(f field) string {
		from := all.Len()
		s.unescape(&all, f)
		return all.String()[from:]
	}
	p.Version, p.ChatID, p.ThreadID = text(fieldVersion), text(fieldChat), text(fieldThread)
	p.ID, p.CustomID, p.AuthorID, p.Text = text(fieldID), text(fieldCustom), text(fieldAuthor), text(fieldText)
	p.Visibility = text(fieldVisibility)
	return p, true
}

// field is a string that is looked for in the frame.
type field uint8

const (
	fieldVersion field = iota
	fieldChat
	fieldThread
	fieldID
	fieldCustom
	fieldAuthor
	fieldText
	fieldVisibility
	fieldRequest // from here on nothing is kept
	fieldAction
	fieldType
	fieldKind
	fieldCreated
	fields
)

// Where in the frame an object stands.
const (
	inFrame = iota
	inPayload
	inEvent
)

// fieldOf says which field a name is. Names in other places mean other things.
func fieldOf(place int, name string) (f field, known bool) {
	switch place {
	case inFrame:
		switch name {
		case "version":
			return fieldVersion, true
		case "request_id":
			return fieldRequest, true
		case "action":
			return fieldAction, true
		case "type":
			return fieldType, true
		}
	case inPayload:
		switch name {
		case "chat_id":
			return fieldChat, true
		case "thread_id":
			return fieldThread, true
		}
	case inEvent:
		switch name {
		case "id":
			return fieldID, true
		case "custom_id":
			return fieldCustom, true
		case "type":
			return fieldKind, true
		case "author_id":
			return fieldAuthor, true
		case "created_at":
			return fieldCreated, true
		case "visibility":
			return fieldVisibility, true
		case "text":
			return fieldText, true
		}
	}
	return 0, false
}

// objectIn is the name under which the next object stands.
func objectIn(place int, name string) bool {
	return place == inFrame && name == "payload" || place == inPayload && name == "event"
}
