package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
	"sync/atomic"
)

// wire stands between the browser and the program and counts what goes over it.
type wire struct {
	url   string
	srv   *http.Server
	bytes atomic.Int64 // that the browser was sent, headers included
	mu    sync.Mutex
	paths []string
	kinds map[string]int64 // bytes of bodies as they are sent, by kind
}

type countedConn struct {
	net.Conn
	w *wire
}

func (c countedConn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.w.bytes.Add(int64(n))
	return n, err
}

type countedListener struct {
	net.Listener
	w *wire
}

func (l countedListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return countedConn{c, l.w}, err
}

// countWire begins to listen before a program.
func countWire(to string) (*wire, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	target, err := url.Parse(to)
	if err != nil {
		return nil, err
	}
	w := &wire{url: "http://" + l.Addr().String()}
	w.reset()
	proxy := &httputil.ReverseProxy{FlushInterval: -1, Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.Out.Host = r.In.Host
	}, ModifyResponse: func(res *http.Response) error {
		if kind := kinds(res.Request.URL.Path); kind != "" {
			res.Body = &counted{res.Body, w, kind}
		}
		return nil
	}}
	w.srv = &http.Server{Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.paths = append(w.paths, r.URL.Path)
		w.mu.Unlock()
		proxy.ServeHTTP(rw, r)
	})}
	go func() { _ = w.srv.Serve(countedListener{l, w}) }()
	return w, nil
}

// counted is the body of an answer of some kind.
type counted struct {
	io.ReadCloser
	w    *wire
	kind string
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.ReadCloser.Read(b)
	c.w.mu.Lock()
	c.w.kinds[c.kind] += int64(n)
	c.w.mu.Unlock()
	return n, err
}

func (w *wire) close() { _ = w.srv.Close() }

func (w *wire) reset() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bytes.Store(0)
	w.paths, w.kinds = nil, map[string]int64{}
}

// print says what has gone over the wire since reset.
func (w *wire) print() {
	w.mu.Lock()
	defer w.mu.Unlock()
	kB := func(n int64) string { return fmt.Sprintf("%.1f kB", float64(n)/1000) }
	figure("first view, bytes over the wire", kB(w.bytes.Load()), "≤ 100 kB")
	figure("first view, requests", fmt.Sprint(len(w.paths)), "≤ 8")
	figure("JavaScript, compressed", kB(w.kinds["JavaScript"]), "≤ 40 kB")
	figure("CSS, compressed", kB(w.kinds["CSS"]), "≤ 15 kB")
	for _, p := range w.paths {
		fmt.Println("  ", p)
	}
}
