package version

import "hash/fnv"

// Changelog 3.3: customer_created {customer} and customer_visit_started {…} were
// replaced by incoming_customer, which is the customer itself. A visit that
// starts tells of the customer what it knows.
func incomingCustomerUp33(m *message) {
	if customer := m.body.take("customer"); customer != nil {
		m.body = *customer
		return
	}
	customer, visit := object(), m.body
	visit.move("customer_id", customer, "id")
	visit.move("visit_id", customer, "visit_id") // for whoever goes down again
	customer.set("type", text("customer"))
	customer.set("last_visit", visit)
	m.body = *customer
}

// The same downwards: both pushes, as a customer who came in was told of then,
// the second where there is a visit.
func incomingCustomerDown33(m *message) {
	customer := m.body
	visitID := visitID(&customer, "id")
	customer.drop("visit_id")
	m.body = *object()
	m.body.set("customer", customer)
	visit := customer.get("last_visit")
	if !visit.open('{') {
		return
	}
	started := object()
	copyTo(started, "customer_id", customer.get("id"))
	started.set("visit_id", visitID)
	for _, name := range []string{"started_at", "ip", "user_agent", "geolocation"} {
		copyTo(started, name, visit.get(name))
	}
	m.more = append(m.more, &message{action: "customer_visit_started", body: *started})
}

// Changelog 3.3: customer_visit_ended {customer_id, visit_id, ended_at} was
// replaced by customer_left {id, left_at}. customer_transferred replaces it too,
// for a visit that goes on elsewhere: 3.2 has no word for that.
func customerLeftUp33(m *message) {
	m.body.rename("customer_id", "id")
	m.body.rename("ended_at", "left_at")
}

func customerLeftDown33(m *message) {
	visit := visitID(&m.body, "id")
	m.body.rename("id", "customer_id")
	m.body.rename("left_at", "ended_at")
	m.body.set("visit_id", visit)
}

// 3.0 to 3.2 pages: customer_page_updated names the visit too.
func pageUpdatedDown33(m *message) { m.body.set("visit_id", visitID(&m.body, "customer_id")) }

// visitID is the number that pushes up to 3.2 give a visit: the one that came
// along, or one made from the customer's id, the same from start to end.
func visitID(n *node, id string) node {
	if v, ok := n.get("visit_id").number(); ok {
		return number(v)
	}
	h := fnv.New32a()
	h.Write([]byte(n.get(id).str()))
	return number(int64(h.Sum32()))
}

// Changelog 3.3: customer_updated is no longer nested in customer and has only
// what changed. Downwards the server adds the rest of the customer before.
func customerUpdatedUp33(m *message) {
	if customer := m.body.take("customer"); customer != nil {
		m.body = *customer
	}
}

func customerUpdatedDown33(m *message) {
	customer := m.body
	m.body = *object()
	m.body.set("customer", customer)
}

// Changelog 3.3: fields of customers, and a visit's ended_at.
func customerDown33(user *node) {
	if user.get("type").is(`"agent"`) {
		return
	}
	user.drop("followed", "online", "group_ids", "state", "email_verified")
	user.get("last_visit").drop("ended_at")
}
