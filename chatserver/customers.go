package chatserver

import (
	"net/http"

	"agentdesk/chatserver/customerapi"
	"agentdesk/chatserver/transport"
	"agentdesk/chatserver/widget"
	"agentdesk/protocol"
)

// customerRoutes is the table of what customers reach.
func (s *Server) customerRoutes(o Options) {
	s.customer = transport.New(transport.API{
		Kind: protocol.UserCustomer, Engine: s.engine, Actions: customerapi.Actions(s.engine), Login: customerapi.Login(s.engine),
		Disconnected: protocol.PushCustomerDisconnected, Timing: o.Timing, Logger: o.Logger, CORS: true,
		Admit: customerapi.Admit(s.engine, o.Limits),
	})
	// Customer Chat API: /v3.6/customer/…; the version may also come as a header.
	s.mux.HandleFunc("GET /{version}/customer/rtm/ws", s.customerSocket)
	for _, method := range []string{"POST", "OPTIONS"} {
		s.mux.HandleFunc(method+" /{version}/customer/action/{action}", s.tenant(action(s.customer)))
		s.mux.HandleFunc(method+" /customer/action/{action}", s.tenant(action(s.customer)))
	}

	// Customers' accounts, v2 and v1.
	t := customerapi.NewTokens(s.engine, o.PublicURL, o.Limits, s.log)
	for _, base := range []string{"", "/v2"} {
		s.mux.HandleFunc("POST "+base+"/customer/token", t.Create)
		s.mux.HandleFunc("DELETE "+base+"/customer/token", t.Revoke)
		s.mux.HandleFunc("GET "+base+"/customer/info", t.Info)
		s.mux.HandleFunc("OPTIONS "+base+"/customer/token", t.Preflight)
		s.mux.HandleFunc("OPTIONS "+base+"/customer/info", t.Preflight)
	}

	pages := widget.Handler(widget.Options{Demo: o.Demo})
	for _, p := range widget.Paths() {
		s.mux.Handle("GET "+p, pages)
	}
}

// ours reports whether a request names this license, or none. Both of its ids
// are taken in every version (customer guide, section 1).
func (s *Server) ours(r *http.Request) bool {
	q, l := r.URL.Query(), s.engine.License()
	org, license := q.Get("organization_id"), q.Get("license_id")
	return (org == "" || org == l.OrganizationID) && (license == "" || license == jsonNumber(l.ID))
}

func jsonNumber(n int64) string { b, _ := protocol.Encode(n); return string(b) }

// tenant refuses calls that name another license.
func (s *Server) tenant(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodOptions && !s.ours(r) {
			transport.Cross(w, r)
			transport.Fail(w, protocol.Fail(protocol.ErrLicenseNotFound, "There is no such license here."))
			return
		}
		next(w, r)
	}
}

// customerSocket opens a websocket. A wrong license, or a version not spoken
// here, ends the connection with the reason.
func (s *Server) customerSocket(w http.ResponseWriter, r *http.Request) {
	refuse := ""
	if !s.ours(r) {
		refuse = protocol.ReasonLicenseNotFound
	}
	s.customer.Serve(&s.customers, w, r, r.PathValue("version"), refuse)
}
