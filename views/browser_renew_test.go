package views

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"
	"github.com/chromedp/chromedp"

	"agentdesk/desk"
)

// browserRenew: the pages about customers follow what happens, by themselves and
// at once where the stream says that pages have to be drawn again. What has the
// focus or the pointer over it keeps its place, what is typed stays.
func browserRenew(b *tab) {
	list, one, asked := sampleCustomers(), sampleCustomer(), 0
	list.Base, list.Position, one.Base, one.Position = "", "7.42", "", "7.42"
	b.set(func() {
		b.resume = false // each new line says that pages have to be drawn again
		b.answers = func(w http.ResponseWriter, r *http.Request) bool {
			var page templ.Component
			switch asked++; {
			case !strings.HasPrefix(r.URL.Path, "/customers"):
				return false
			case b.failing:
				http.Error(w, `<main id="main"><p>Away</p></main>`, http.StatusServiceUnavailable)
				return true
			case r.URL.Path == "/customers":
				page = Customers(list)
			default:
				page = Customer(one)
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_ = page.Render(r.Context(), w)
			return true
		}
	})
	// renewed changes what the server knows, and returns when the page was told.
	renewed := func(change func()) {
		b.Helper()
		before := 0
		b.set(func() { change(); before = asked })
		b.cut()
		b.eventually("the page is asked for again", func() bool { b.mu.Lock(); defer b.mu.Unlock(); return asked > before })
	}
	open := func(path, there string) {
		b.Helper()
		if err := chromedp.Do(b.ctx, chromedp.Navigate(b.URL+path)); err != nil {
			b.Fatal(err)
		}
		b.until(there)
		b.until(`document.body.dataset.connection === "online"`)
	}

	open("/customers", `!!document.querySelector("#customer-c20")`)
	b.do(`document.querySelector("#customer-c20 a").focus()`)
	renewed(func() {
		list.List.Customers[4].Customer.Visit.Pages = []desk.Page{{Title: "Winter coats", URL: "https://shop.example/coats"}}
	})
	b.until(`document.querySelector("#customer-c20").textContent.includes("Winter coats")`)
	renewed(func() { list.List.Customers = list.List.Customers[1:] })
	b.until(`!document.querySelector("[data-renew]").hidden`)
	first := `!!document.querySelector("#customer-` + DOMID(sampleCustomers().List.Customers[0].ID) + `")`
	b.is(first, "true")
	b.do(`document.querySelector("[data-renew]").click()`)
	b.until(`!` + first + ` && document.querySelector("[data-renew]").hidden`)

	open("/customers/c3", `!!document.querySelector(".notes")`)
	b.do(`document.querySelector("#editCustomer-c3").open = true; document.querySelector("[name=email]").value = "jo@";
		const t = document.querySelector("form[data-action=note] textarea"); t.focus(); t.value = "half a no"`)
	renewed(func() {
		one.Pane.Notes.List = append(one.Pane.Notes.List, desk.CustomerNote{ID: "n9", CustomerID: "c3", Author: "ben@example.com", Text: "Called at noon"})
		one.Customer.Customer.Banned = true
	})
	b.until(`document.querySelector(".notes").textContent.includes("Called at noon") && !!document.querySelector(".person .top .bad")`)
	b.is(`document.activeElement.value`, "half a no")
	b.is(`document.querySelector("#editCustomer-c3").open + document.querySelector("[name=email]").value`, "truejo@")
	renewed(func() { b.failing = true })
	b.set(func() { b.failing = false })
	b.is(`document.querySelector(".notes").textContent.includes("Called at noon")`, "true")

	// A form that came back is the person's: nothing is drawn over it.
	b.set(func() {
		one.Pane.Edit = &CustomerForm{Email: "jo@", Field: "email", Error: "This is not an e-mail address."}
	})
	open("/customers/c3", `!!document.querySelector("#wrong-email")`)
	b.is(`document.querySelectorAll("[data-live]").length`, "0")
}
