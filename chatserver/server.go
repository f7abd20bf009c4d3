package chatserver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"agentdesk/chatserver/accounts"
	"agentdesk/chatserver/agentapi"
	"agentdesk/chatserver/customerapi"
	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// Options of New. DataDir is required.
type Options struct {
	DataDir   string        // holds chat.db and files/
	PublicURL func() string // how browsers reach the server, with base path, without a slash at the end
	Logger    *slog.Logger  // default: none
	Now       func() time.Time
	Settings  engine.Settings  // zero fields: defaults
	Timing    transport.Timing // zero fields: the documented figures

	Demo   bool               // serve the demo shop
	Limits customerapi.Limits // of what one customer may ask for; zero fields: defaults

	// Seed fills a database that has no agents yet; nil leaves it empty.
	Seed func(context.Context, *engine.Engine) error
}

// Server is the chat server. It is safe for concurrent use.
type Server struct {
	engine *engine.Engine
	store  *store.Store
	log    *slog.Logger
	mux    *http.ServeMux
	agent  *transport.API
	agents transport.Hub

	customer  *transport.API
	customers transport.Hub

	mu   sync.Mutex
	stop context.CancelFunc
	done chan struct{}
}

// New opens the data and builds the server. Errors of the data folder or the
// database are sentences for the person who started the program.
func New(ctx context.Context, o Options) (*Server, error) {
	if o.DataDir == "" {
		return nil, errors.New("chat server: no data folder given")
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	db, err := store.Open(ctx, filepath.Join(o.DataDir, "chat.db"))
	if err != nil {
		return nil, err
	}
	e, err := engine.New(ctx, engine.Options{
		Store: db, Settings: o.Settings, PublicURL: o.PublicURL, FilesDir: filepath.Join(o.DataDir, "files"), Logger: o.Logger, Now: o.Now,
	})
	if err == nil {
		err = seed(ctx, e, o)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("chat server: %w", err), db.Close())
	}
	s := &Server{engine: e, store: db, log: o.Logger, mux: http.NewServeMux()}
	s.agent = transport.New(transport.API{
		Kind: protocol.UserAgent, Engine: e, Actions: agentapi.Actions(e), Login: agentapi.Login(e),
		Disconnected: protocol.PushAgentDisconnected, Timing: o.Timing, Logger: o.Logger,
		Versions: version.Range{Since: version.V30, Until: version.V37}, Dialects: agentapi.Dialects(e),
	})
	s.routes()
	s.customerRoutes(o)
	return s, nil
}

func seed(ctx context.Context, e *engine.Engine, o Options) error {
	if o.Seed != nil && len(e.Agents()) == 0 {
		if err := o.Seed(ctx, e); err != nil {
			return fmt.Errorf("fill the empty database: %w", err)
		}
	}
	if e.License().ID == 0 {
		return e.SetLicense(ctx, store.License{ID: 1, OrganizationID: engine.NewCustomerID(), Plan: "embedded"})
	}
	return nil
}

// Engine gives access to the rules, for parts of the program that act without a
// wire: the demo, the customers' side.
func (s *Server) Engine() *engine.Engine { return s.engine }

// Handler serves everything of the chat server.
func (s *Server) Handler() http.Handler { return s.mux }

// Start begins to keep time: routing, idle chats, expiring tokens. Close ends
// it.
func (s *Server) Start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stop != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.stop, s.done = cancel, make(chan struct{})
	go func() {
		defer close(s.done)
		s.engine.Run(ctx)
	}()
}

// Close tells all clients to connect again later, waits for them until ctx ends,
// and closes the database.
func (s *Server) Close(ctx context.Context) error {
	err := errors.Join(s.agents.Shutdown(ctx), s.customers.Shutdown(ctx))
	s.mu.Lock()
	stop, done := s.stop, s.done
	s.stop = func() {}
	s.mu.Unlock()
	if done != nil {
		stop()
		<-done
	}
	return errors.Join(err, s.store.Close())
}

// Check reports whether the server can work: its database answers.
func (s *Server) Check(ctx context.Context) error { return s.store.Check(ctx) }

// Connections is the number of agents' open websockets.
func (s *Server) Connections() int { return s.agents.Open() }

func (s *Server) accounts() *accounts.Service { return accounts.New(s.engine, s.log) }
