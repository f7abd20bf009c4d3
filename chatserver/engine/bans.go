package engine

import (
	"context"
	"errors"
	"math"
	"net/netip"
	"time"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// BanSpec says who is banned, by customer, address or both, and for how long
// (Configuration API v3.7 "Ban Customer").
type BanSpec struct {
	CustomerID string `json:"customer_id"`
	IP         string `json:"ip"`
	Seconds    int64  `json:"seconds"`
}

// BanCustomer keeps a customer away for some days (v3.6 "Ban Customer"): the
// active thread is closed, the connections end.
func (e *Engine) BanCustomer(ctx context.Context, by Actor, id string, ban protocol.Ban) error {
	if err := required("id", id); err != nil {
		return err
	}
	if ban.Days < 1 || ban.Days > maxBanDays {
		return invalid("ban.days", "must be from 1 to 3650")
	}
	return e.ban(ctx, by, BanSpec{CustomerID: id, Seconds: int64(ban.Days) * 24 * 3600})
}

// Ban keeps a customer, an address, or both away for some seconds.
func (e *Engine) Ban(ctx context.Context, by Actor, r BanSpec) error {
	if r.CustomerID == "" && r.IP == "" {
		return invalid("customer_id", "or ip is required")
	}
	if err := checkID("customer_id", r.CustomerID); err != nil {
		return err
	}
	if r.Seconds < 1 || r.Seconds > maxBanDays*24*3600 {
		return invalid("seconds", "must be from 1 to 315360000")
	}
	if r.IP != "" {
		addr, err := netip.ParseAddr(r.IP)
		if err != nil || addr.Zone() != "" {
			return invalid("ip", "is not an IP address")
		}
		r.IP = addr.Unmap().String()
	}
	return e.ban(ctx, by, r)
}

func (e *Engine) ban(ctx context.Context, by Actor, r BanSpec) error {
	return e.reconfigure(ctx, by, func(w *work) error {
		b := store.Ban{CustomerID: r.CustomerID, IP: r.IP, AgentID: by.ID, CreatedAt: protocol.At(e.now())}
		b.ExpiresAt = protocol.At(e.now().Add(time.Duration(r.Seconds) * time.Second))
		if b.CustomerID != "" {
			if err := w.banCustomer(&b, r.Seconds); err != nil {
				return err
			}
		}
		w.after = append(w.after, func() {
			e.closeWhere(func(s *Session) bool {
				return s.Kind == protocol.UserCustomer && (s.UserID == b.CustomerID || b.IP != "" && s.ip == b.IP)
			}, protocol.ReasonCustomerBanned)
		})
		return errors.Join(w.TrimBans(b.CreatedAt), w.PutBan(b))
	})
}

// banCustomer marks a customer and closes his active chat, which the ban names.
func (w *work) banCustomer(b *store.Ban, seconds int64) error {
	c, err := w.customer(b.CustomerID)
	if err != nil {
		return err
	}
	c.BannedUntil = b.ExpiresAt
	days := int(math.Ceil(float64(seconds) / (24 * 3600)))
	w.push(protocol.PushCustomerBanned, protocol.CustomerBanned{CustomerID: c.ID, Ban: protocol.Ban{Days: days}}, w.e.everyAgent("customers:ro"))
	for _, chat := range w.e.liveOf(c.ID) {
		d, err := w.chat(chat.ID)
		if err != nil {
			return err
		}
		b.ThreadID = threadID(d.Chat)
		if err := w.close(d, sysCustomerBanned, "%customer% was banned by %agent%", map[string]string{"customer": w.name(c.ID), "agent": w.name(w.by.ID)}); err != nil {
			return err
		}
	}
	return nil
}

// Unban lifts the bans of a customer or of an address; exactly one is given. A
// customer banned with an address keeps no part of that ban.
func (e *Engine) Unban(ctx context.Context, by Actor, customerID, ip string) error {
	if (customerID == "") == (ip == "") {
		return invalid("customer_id", "or ip is required, and not both")
	}
	if addr, err := netip.ParseAddr(ip); ip != "" && err == nil {
		ip = addr.Unmap().String()
	}
	bans, err := e.Bans(ctx)
	if err != nil {
		return err
	}
	return e.reconfigure(ctx, by, func(w *work) error {
		ids := map[string]bool{customerID: true}
		for _, b := range bans {
			if ip != "" && b.IP == ip {
				ids[b.CustomerID] = true
			}
		}
		delete(ids, "")
		for id := range ids {
			c, err := w.customer(id)
			if err != nil {
				return err
			}
			c.BannedUntil = 0
		}
		return w.DeleteBans(customerID, ip)
	})
}

// Bans lists the bans in force, the newest first.
func (e *Engine) Bans(ctx context.Context) ([]store.Ban, error) {
	return e.store.Bans(ctx, protocol.At(e.now()))
}

// Banned reports whether a customer or the address he comes from is shut out.
func (e *Engine) Banned(c store.Customer, ip string) bool {
	now := protocol.At(e.now())
	return c.BannedUntil > now || ip != "" && e.dir.Load().shut[ip] > now
}
