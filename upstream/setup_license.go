package upstream

import (
	"cmp"
	"context"
	"time"

	"github.com/go-json-experiment/json"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// actGetLicenseInfo is there at 3.5 alone, over the Web API.
const actGetLicenseInfo = "get_license_info"

// license is the licence as login tells of it, in seconds since 1970 (v3.6
// "Login").
func license(l *protocol.License) desk.License {
	out := desk.License{Number: jsonText(l.ID), Organization: l.OrganizationID, Plan: l.Plan}
	var more struct {
		Created  int64  `json:"creation_timestamp"`
		Expires  int64  `json:"expiration_timestamp"`
		Trial    bool   `json:"in_trial"`
		LastSeen string `json:"website_last_activity"`
	}
	if json.Unmarshal(l.Extra, &more) != nil {
		return out
	}
	out.Trial, out.LastSeen = more.Trial, more.LastSeen
	if more.Created > 0 {
		out.CreatedAt = time.Unix(more.Created, 0)
	}
	if more.Expires > 0 {
		out.ExpiresAt = time.Unix(more.Expires, 0)
	}
	return out
}

// setupLicense is what login told, and at 3.5 what is so now (v3.5 "Get License
// Info").
func (s *Session) setupLicense(ctx context.Context, out *desk.Setup) error {
	if err := s.do(ctx, func() { out.License = s.license }); err != nil {
		return err
	}
	if _, has := s.reg.dialect.Method(actGetLicenseInfo); !has {
		return nil
	}
	var now struct {
		ID      string        `json:"license_id"`
		Created protocol.Time `json:"created_at"`
		Expires protocol.Time `json:"expires_at"`
		Trial   bool          `json:"in_trial"`
	}
	if err := s.overWeb(ctx, s.reg.web.at.agent+actGetLicenseInfo, struct{}{}, &now); err != nil {
		return err
	}
	l := &out.License
	l.Number, l.CreatedAt, l.ExpiresAt, l.Trial = cmp.Or(now.ID, l.Number), now.Created.Time(), now.Expires.Time(), now.Trial
	return nil
}
