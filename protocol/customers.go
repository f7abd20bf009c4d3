package protocol

import "github.com/go-json-experiment/json/jsontext"

// Methods and pushes about customers that not every version has.
const (
	ActCreateCustomer       = "create_customer"       // until 3.5
	ActListCustomers        = "list_customers"        // until 3.5
	ActFollowCustomer       = "follow_customer"       // from 3.3
	ActUnfollowCustomer     = "unfollow_customer"     // from 3.3
	ActSubscribeCustomers   = "subscribe_customers"   // RTM, from 3.6
	ActUnsubscribeCustomers = "unsubscribe_customers" // RTM, from 3.6

	PushCustomerStatistics  = "customer_statistics_updated"
	PushCustomerTotals      = "subscribed_customers_totals_updated"
	PushCustomerTransferred = "customer_transferred"
	PushCustomerUnfollowed  = "customer_unfollowed"
)

// SubscribeCustomersRequest asks for the customers on the site, of some groups
// or of all that the agent may see. Beyond Limit only their number is told.
type SubscribeCustomersRequest struct {
	GroupIDs []int          `json:"group_ids,omitempty"`
	Limit    *int           `json:"limit,omitzero"`
	Extra    jsontext.Value `json:",embed"`
}

// SubscribeCustomersResponse has the customers who are there now.
type SubscribeCustomersResponse struct {
	SubscriptionID string         `json:"subscription_id"`
	Customers      []User         `json:"customers"`
	Extra          jsontext.Value `json:",embed"`
}

// SubscriptionRequest ends a subscription.
type SubscriptionRequest struct {
	SubscriptionID string         `json:"subscription_id"`
	Extra          jsontext.Value `json:",embed"`
}

// CustomerTransferred tells that a customer went to groups the agent does not
// watch. Followed customers keep being told about.
type CustomerTransferred struct {
	ID            string         `json:"id"`
	TransferredTo TransferredTo  `json:"transferred_to"`
	Followed      bool           `json:"followed"`
	Extra         jsontext.Value `json:",embed"`
}

// CustomerStatistics carries new figures. The start of the visit stands in
// Statistics.Extra as last_visit_started_at.
type CustomerStatistics struct {
	CustomerID string         `json:"customer_id"`
	Statistics Statistics     `json:"statistics"`
	Extra      jsontext.Value `json:",embed"`
}

// ListCustomersRequest pages through all customers (v3.5 "List Customers").
// PageID excludes every other field.
type ListCustomersRequest struct {
	Filters   *CustomerFilters `json:"filters,omitzero"`
	SortBy    string           `json:"sort_by,omitzero"`
	SortOrder string           `json:"sort_order,omitzero"` // asc, desc (default)
	Limit     int              `json:"limit,omitzero"`      // 1–100, default 10
	PageID    string           `json:"page_id,omitzero"`
	Extra     jsontext.Value   `json:",embed"`
}

// CustomerFilters of list_customers. A customer has to fit every one that is set.
// WithoutChats nil means true.
type CustomerFilters struct {
	Country      *ValuesFilter[string] `json:"country,omitzero"` // name or code
	Email        *ValuesFilter[string] `json:"email,omitzero"`
	Name         *ValuesFilter[string] `json:"name,omitzero"`
	CustomerID   *ValuesFilter[string] `json:"customer_id,omitzero"`
	GroupIDs     *ValuesFilter[int]    `json:"chat_group_ids,omitzero"`
	Chats        *RangeFilter[int64]   `json:"chats_count,omitzero"`
	Threads      *RangeFilter[int64]   `json:"threads_count,omitzero"`
	Visits       *RangeFilter[int64]   `json:"visits_count,omitzero"`
	CreatedAt    *RangeFilter[Time]    `json:"created_at,omitzero"`
	AgentLast    *RangeFilter[Time]    `json:"agent_last_event_created_at,omitzero"`
	CustomerLast *RangeFilter[Time]    `json:"customer_last_event_created_at,omitzero"`
	WithoutChats *bool                 `json:"include_customers_without_chats,omitzero"`
	Extra        jsontext.Value        `json:",embed"`
}

// ValuesFilter takes or leaves out some values. Exactly one of the two is set.
type ValuesFilter[T any] struct {
	Values        []T            `json:"values,omitempty"`
	ExcludeValues []T            `json:"exclude_values,omitempty"`
	Extra         jsontext.Value `json:",embed"`
}

// RangeFilter takes values between bounds, or one value.
type RangeFilter[T ~int64] struct {
	LTE   *T             `json:"lte,omitzero"`
	LT    *T             `json:"lt,omitzero"`
	GTE   *T             `json:"gte,omitzero"`
	GT    *T             `json:"gt,omitzero"`
	EQ    *T             `json:"eq,omitzero"`
	Extra jsontext.Value `json:",embed"`
}

// ListCustomersResponse is one page of customers. Total counts all that fit.
type ListCustomersResponse struct {
	Customers      []User         `json:"customers"`
	Total          int            `json:"total_customers"`
	NextPageID     string         `json:"next_page_id,omitzero"`
	PreviousPageID string         `json:"previous_page_id,omitzero"`
	Extra          jsontext.Value `json:",embed"`
}

// CreateCustomerResponse names the new customer.
type CreateCustomerResponse struct {
	CustomerID string `json:"customer_id"`
}
