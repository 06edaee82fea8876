// Customers: who stays, who leaves, what one is worth.
#pragma once

#include "core/function.hpp"

namespace calckpi {

Result<Share> churnRate(Count lost, Count atStart);
Result<Money> clv(Money arpa, Margin grossMargin, Share churnRate, Optional<Multiple> discountRate);
Result<Money> clvHistoric(Money revenue, Money cost, Count customers);
Result<Ratio> clvToCac(Money clv, Spending cac);

inline constexpr Function customersFunctions[] = {
    describe<&churnRate>({
        .name = "CHURNRATE",
        .family = Family::Customers,
        .title = "Churn rate",
        .summary = "Share of the customers at the start of a period who left in it",
        .formula = "{lost} / {atStart}",
        .parameters = {{"lost", "Number of customers who left in the period"},
                       {"atStart", "Number of customers at the start of the period"}},
        .notes = {"Customers who came and left within the period are in neither number"},
        .caution = "A monthly rate times 12 is not the yearly rate, and a mean over old and new customers fits neither",
        .source = "Farris, Bendle, Pfeifer and Reibstein, Marketing Metrics, 3rd ed., 2015, chapter 5",
        .related = {"CLV"},
        .examples = {{"=CHURNRATE(5;100)", 0.05},
                     {"=CHURNRATE(5;0)", Fault::DivideByZero},
                     {"=CHURNRATE(101;100)", Fault::OutsideDomain, "More left than there were"}},
    }),
    describe<&clv>({
        .name = "CLV",
        .family = Family::Customers,
        .title = "Customer lifetime value",
        .summary = "Margin expected from one customer over the whole relationship",
        .formula = "m * (1 + {discountRate}) / (1 + {discountRate} - r), with m = {arpa} * {grossMargin} and r = 1 - {churnRate}",
        .parameters = {{"arpa", "Average revenue per account and period"},
                       {"grossMargin", "Share of the revenue that is gross margin"},
                       {"churnRate", "Share of customers who leave per period"},
                       {"discountRate", "Interest rate per period", 0.0}},
        .notes = {"The first margin comes at once; without discounting it is m / {churnRate}",
                  "All rates are per the same period as {arpa}"},
        .caution = "With a small churn rate the value hangs on customers decades away: halving the churn rate doubles it",
        .source = "Farris, Bendle, Pfeifer and Reibstein, Marketing Metrics, 3rd ed., 2015, chapter 5 (with initial margin)",
        .related = {"CLVTOCAC", "CLVHISTORIC", "CHURNRATE"},
        .examples = {{"=CLV(100;0.8;0.03)", 2666.66666666667},
                     {"=CLV(100;0.8;0.03;0.01)", 2020.0, "80 * 1.01 / 0.04"},
                     {"=CLV(100;0.8;0)", Fault::DivideByZero, "Nobody leaves: without interest the value has no end"},
                     {"=CLV(100;0.8;3)", Fault::OutsideDomain, "3 % is 0.03"}},
    }),
    describe<&clvHistoric>({
        .name = "CLVHISTORIC",
        .family = Family::Customers,
        .title = "Historic customer value",
        .summary = "Margin one customer has brought so far, on average",
        .formula = "({revenue} - {cost}) / {customers}",
        .parameters = {{"revenue", "Revenue from the customers so far"},
                       {"cost", "Cost of serving them"},
                       {"customers", "Number of customers"}},
        .caution = "It looks back: customers who joined lately have had no time to buy",
        .source = "Definition",
        .related = {"CLV", "CLVTOCAC"},
        .examples = {{"=CLVHISTORIC(100000;20000;10)", 8000.0}, {"=CLVHISTORIC(100000;20000;0)", Fault::DivideByZero}},
    }),
    describe<&clvToCac>({
        .name = "CLVTOCAC",
        .family = Family::Customers,
        .title = "CLV to CAC",
        .summary = "How many times a customer brings back what it cost to win",
        .formula = "{clv} / {cac}",
        .parameters = {{"clv", "Lifetime value of a customer"}, {"cac", "Cost of winning a customer"}},
        .caution = "A very high ratio can mean that too little is spent on growth",
        .benchmark = "3 or more is commonly quoted as good (David Skok, SaaS Metrics 2.0)",
        .source = "David Skok, SaaS Metrics 2.0, For Entrepreneurs",
        .related = {"CLV", "CAC", "CACPAYBACK"},
        .examples = {{"=CLVTOCAC(900;300)", 3.0}, {"=CLVTOCAC(900;0)", Fault::DivideByZero}},
    }),
};

}  // namespace calckpi
