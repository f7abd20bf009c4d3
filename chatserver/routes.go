package chatserver

import (
	"net/http"

	"agentdesk/chatserver/configapi"
	"agentdesk/chatserver/files"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
)

// routes is the table of everything the server answers.
func (s *Server) routes() {
	// Agent Chat API: /v3.6/agent/…; the version may also come as a header.
	s.mux.HandleFunc("GET /{version}/agent/rtm/ws", s.agentSocket)
	s.mux.HandleFunc("POST /{version}/agent/action/{action}", action(s.agent))
	s.mux.HandleFunc("POST /agent/action/{action}", action(s.agent))

	// Configuration API: what administrators set up.
	config := transport.New(transport.API{
		Kind: protocol.UserAgent, Engine: s.engine, Actions: configapi.Actions(s.engine), Timing: s.agent.Timing, Logger: s.log,
		Versions: s.agent.Versions,
	})
	s.mux.HandleFunc("POST /{version}/configuration/action/{action}", action(config))
	s.mux.HandleFunc("POST /configuration/action/{action}", action(config))
	s.mux.HandleFunc("GET /{version}/configuration/action/{action}", action(config))

	// Accounts service, v2 and its older paths.
	a := s.accounts()
	for _, base := range []string{"", "/v2"} {
		s.mux.HandleFunc("POST "+base+"/token", a.Create)
		s.mux.HandleFunc("DELETE "+base+"/token", a.Revoke)
		s.mux.HandleFunc("GET "+base+"/info", a.Info)
	}
	s.mux.HandleFunc("GET /v2/accounts/me", a.Me)

	s.mux.HandleFunc("GET /files/{id}/{name}", files.Handler(s.engine))
}

// action calls an API's action with the version of the path or of the header
// X-API-Version.
func action(api *transport.API) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		version := r.PathValue("version")
		if version == "" {
			version = r.Header.Get("X-API-Version")
		}
		api.Action(w, r, version, r.PathValue("action"))
	}
}

// agentSocket opens a websocket. organization_id may be missing; a wrong one, or
// a version not spoken here, ends the connection with the reason.
func (s *Server) agentSocket(w http.ResponseWriter, r *http.Request) {
	refuse := ""
	if org := r.URL.Query().Get("organization_id"); org != "" && org != s.engine.License().OrganizationID {
		refuse = protocol.ReasonLicenseNotFound
	}
	s.agent.Serve(&s.agents, w, r, r.PathValue("version"), refuse)
}
