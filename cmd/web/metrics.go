package main

import (
	"maps"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"agentdesk/desk"
	"agentdesk/relay"
	"agentdesk/upstream"
)

// metrics are the numbers that answer whether all is well. None has a label per
// agent or chat.
type metrics struct {
	registry   *prometheus.Registry
	sessions   *prometheus.GaugeVec
	reconnects *prometheus.CounterVec
	pending    prometheus.Gauge
	unknown    prometheus.Counter
	badFrames  prometheus.Counter
	tabs       prometheus.Gauge
	tabsEnded  *prometheus.CounterVec
	streams    *prometheus.CounterVec
	published  prometheus.Counter
	relayed    prometheus.Counter
	shed       prometheus.Counter
	sends      *prometheus.CounterVec
	pushed     *prometheus.CounterVec
	requests   *prometheus.HistogramVec

	mu     sync.Mutex
	states map[string]int // sessions by state, for /readyz
}

func newMetrics() *metrics {
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Namespace: "agentdesk", Name: name, Help: help})
	}
	counters := func(name, help, label string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "agentdesk", Name: name, Help: help}, []string{label})
	}
	gauge := func(name, help string) prometheus.GaugeOpts {
		return prometheus.GaugeOpts{Namespace: "agentdesk", Name: name, Help: help}
	}
	m := &metrics{
		registry:   prometheus.NewRegistry(),
		states:     map[string]int{},
		sessions:   prometheus.NewGaugeVec(gauge("upstream_sessions", "Agents' sessions by state."), []string{"state"}),
		reconnects: counters("upstream_connections_ended_total", "Upstream connections that ended, by reason.", "reason"),
		pending:    prometheus.NewGauge(gauge("upstream_pending_requests", "Requests that wait for an answer.")),
		unknown:    counter("upstream_unknown_pushes_total", "Pushes whose action means nothing here."),
		badFrames:  counter("upstream_bad_frames_total", "Frames and payloads that could not be read."),
		tabs:       prometheus.NewGauge(gauge("tabs_open", "Open streams.")),
		tabsEnded:  counters("tabs_closed_total", "Streams that ended, by reason; slow ones were cut.", "reason"),
		streams:    counters("streams_answered_total", "Answers to a stream's opening: resumed or redraw.", "answer"),
		published:  counter("pushes_published_total", "Events drawn and published."),
		relayed:    counter("pushes_relayed_total", "Events queued for tabs."),
		shed:       counter("pushes_shed_total", "Ephemeral events left out for slow tabs."),
		sends:      counters("sends_total", "Messages by outcome: accepted, settled, failed.", "outcome"),
		pushed:     counters("notifications_total", "Notifications for browsers without a tab, by outcome: sent, gone, failed, dropped.", "outcome"),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "agentdesk", Name: "http_request_seconds", Help: "Time to answer, by route.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, 1, 5},
		}, []string{"method", "route", "status"}),
	}
	m.registry.MustRegister(
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		m.sessions, m.reconnects, m.pending, m.unknown, m.badFrames, m.tabs, m.tabsEnded, m.streams,
		m.published, m.relayed, m.shed, m.sends, m.pushed, m.requests,
	)
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// upstream is what the connections report.
func (m *metrics) upstream() upstream.Metrics {
	return upstream.Metrics{
		State: func(from, to desk.State) {
			m.state(from, -1)
			m.state(to, +1)
		},
		Reconnect:   func(reason string) { m.reconnects.WithLabelValues(reason).Inc() },
		UnknownPush: func(string) { m.unknown.Inc() }, // its name comes from outside
		BadFrame:    m.badFrames.Inc,
		Pending:     func(delta int) { m.pending.Add(float64(delta)) },
	}
}

func (m *metrics) state(s desk.State, delta int) {
	if s == "" {
		return
	}
	m.sessions.WithLabelValues(string(s)).Add(float64(delta))
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.states[string(s)] += delta; m.states[string(s)] == 0 {
		delete(m.states, string(s))
	}
}

// byState counts the sessions.
func (m *metrics) byState() map[string]int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.states)
}

// relay is what the streams report.
func (m *metrics) relay() relay.Metrics {
	return relay.Metrics{
		Opened: m.tabs.Inc,
		Closed: func(reason string) {
			m.tabs.Dec()
			if reason == "" {
				reason = "left"
			}
			m.tabsEnded.WithLabelValues(reason).Inc()
		},
		Answered: func(resumed bool) {
			answer := "redraw"
			if resumed {
				answer = "resumed"
			}
			m.streams.WithLabelValues(answer).Inc()
		},
		Published: func(tabs int) {
			m.published.Inc()
			m.relayed.Add(float64(tabs))
		},
		Shed: m.shed.Inc,
	}
}

// observe is told of every finished request.
func (m *metrics) observe(method, route string, status int, took time.Duration) {
	m.requests.WithLabelValues(method, route, strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
}
