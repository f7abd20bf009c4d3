package agentapi

import (
	"context"
	"strings"

	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
)

// sendFile sends the file that came along as an event (v3.0 "Send file").
func (a api) sendFile(ctx context.Context, r *transport.Request) (any, error) {
	var in struct {
		ChatID   string `json:"chat_id"`
		CustomID string `json:"custom_id"`
	}
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	_, err := a.e.SendEvent(ctx, r.Actor, protocol.SendEventRequest{
		ChatID: in.ChatID, Event: protocol.Event{Type: protocol.EventFile, URL: r.Upload, CustomID: in.CustomID},
	})
	if err != nil {
		return nil, err
	}
	return protocol.UploadFileResponse{URL: r.Upload}, nil
}

// uploadImage keeps a picture (v3.0 "Upload image"). path is what follows the
// address under which files are served.
func (a api) uploadImage(ctx context.Context, r *transport.Request) (any, error) {
	ev, err := a.e.DescribeFile(ctx, r.Upload)
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(ev.ContentType, "image/") {
		return nil, protocol.Fail(protocol.ErrValidation, "`payload.image` is no image.")
	}
	_, path, _ := strings.Cut(r.Upload, "/files/")
	return map[string]string{"url": r.Upload, "path": path}, nil
}
