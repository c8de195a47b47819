"""Walks a formula's tree: figures come out, each with its derivation; problems are collected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import assert_never

from kpidesk.core import exact
from kpidesk.core.exact import ZERO
from kpidesk.core.figure import PERCENT, RATIO, YES_NO, Figure, Op, Unit
from kpidesk.core.formula.calls import call_function
from kpidesk.core.formula.place import Place, Source
from kpidesk.core.formula.tree import (
    Both,
    Call,
    Comparison,
    Either,
    FormulaError,
    Literal,
    Name,
    Negative,
    Node,
    Not,
    Percent,
    Product,
    Sum,
)
from kpidesk.core.formula.values import (
    Budget,
    BudgetError,
    Term,
    add,
    compare,
    divide,
    fitted,
    literal,
    multiply,
    truth,
)
from kpidesk.core.formula.words import printed


@dataclass(slots=True)
class Computer:
    """One computation. `probing`: look at every branch, and take no offence at a zero divisor."""

    source: Source
    probing: bool = False
    budget: Budget = field(default_factory=Budget)
    problems: list[FormulaError] = field(default_factory=list)

    def run(self, node: Node, place: Place) -> Term | None:
        """The value of a formula; None where something is missing or wrong."""
        try:
            return self.term(node, place)
        except BudgetError as spent:
            self.problems.append(spent)
            return None

    def fit(self, term: Term | None, wanted: Unit, node: Node) -> Figure | None:
        """The result in the unit that its place wants; None where anything is wrong."""
        if term is None or self.problems:
            return None
        try:
            return fitted(term, wanted, node.at)
        except FormulaError as problem:
            self.problems.append(problem)
            return None

    def term(self, node: Node, place: Place) -> Term | None:
        """The value of a part; None where something is missing, or wrong (noted)."""
        try:
            term = self._value(node, place)
        except BudgetError:
            raise
        except FormulaError as problem:
            self.problems.append(problem)
            return None
        if term is not None:
            self.budget.spend(term.figure.value, node.at)
        return term

    def _value(  # noqa: C901, PLR0912 - one case for each kind of node
        self, node: Node, place: Place
    ) -> Term | None:
        match node:
            case Literal(value, unit, scaled):
                return literal(value, unit, scaled=scaled)
            case Name():
                return self.source.value(node, place)
            case Sum(terms):
                return self._sum(terms, place)
            case Product(factors):
                return self._product(factors, place)
            case Negative(of):
                return self._negated(of, place)
            case Percent(of):
                return self._percent(of, place)
            case Comparison(sign, left, right):
                one, other = self.number(left, place), self.number(right, place)
                return compare(sign, one, other, node.at) if one and other else None
            case Both(parts):
                return self._logic(parts, place, stops_at=False)
            case Either(parts):
                return self._logic(parts, place, stops_at=True)
            case Not(of):
                held = self.condition(of, place)
                if held is None:
                    return None
                return Term(truth(holds=not held.value, op=Op.NOT, inputs=(held,)))
            case Call():
                return call_function(self, node, place)
            case _:
                assert_never(node)

    # -- numbers ------------------------------------------------------------------------------

    def number(self, node: Node, place: Place) -> Term | None:
        """The value of a part that must be a number."""
        term = self.term(node, place)
        if term is not None and term.figure.unit == YES_NO:
            self.problems.append(FormulaError(node.at, "这里应是数，不是条件(是或否)"))
            return None
        return term

    def _sum(self, terms: tuple[tuple[bool, Node], ...], place: Place) -> Term | None:
        found = [(minus, one, self.number(one, place)) for minus, one in terms]
        summed: Term | None = None
        for minus, node, term in found:
            if term is None:
                return None
            summed = term if summed is None else add(summed, term, node.at, minus=minus)
            self.budget.spend(summed.figure.value, node.at)
        return _in_one_row(summed, found)

    def _product(self, factors: tuple[tuple[bool, Node], ...], place: Place) -> Term | None:
        found = [(over, one, self.number(one, place)) for over, one in factors]
        product: Term | None = None
        for over, node, term in found:
            if term is None:
                return None
            if product is None:
                product = term
            elif not over:
                product = multiply(product, term, node.at)
            elif divisor := self.divisor(term, printed(node), place):
                product = divide(product, divisor)
            else:
                return None
            self.budget.spend(product.figure.value, node.at)
        return _in_one_row(product, found)

    def divisor(self, term: Term, text: str, place: Place, *, share: bool = False) -> Term | None:
        """What may be divided by: not zero (a whole that is shared: above it), else reported."""
        value = term.figure.value
        if value != ZERO and not (share and value < ZERO):
            return term
        if self.probing:
            return Term(term.figure._replace(value=Decimal(1)), term.loose)
        self.source.no_divisor(term.figure, text, place)
        return None

    def _negated(self, node: Node, place: Place) -> Term | None:
        term = self.number(node, place)
        if term is None:
            return None
        figure = term.figure
        value = exact.subtract(ZERO, figure.value)
        if figure.op is Op.GIVEN and not figure.label:
            return Term(figure._replace(value=value), term.loose)
        return Term(Figure(value, figure.unit, Op.NEGATED, (figure,)), term.loose)

    def _percent(self, node: Node, place: Place) -> Term | None:
        term = self.number(node, place)
        if term is None:
            return None
        if term.figure.unit != RATIO and not term.loose:
            raise FormulaError(node.at, f"“{printed(node)}”已有单位 {term.figure.unit}，不能再加 %")
        return Term(term.figure._replace(unit=PERCENT))

    # -- conditions ---------------------------------------------------------------------------

    def condition(self, node: Node, place: Place) -> Figure | None:
        """The value of a part that must be a condition."""
        term = self.term(node, place)
        if term is not None and term.figure.unit != YES_NO:
            problem = "这里应是条件，例如 实际 ≥ 目标，不能只是一个数"
            self.problems.append(FormulaError(node.at, problem))
            return None
        return term.figure if term else None

    def _logic(self, parts: tuple[Node, ...], place: Place, *, stops_at: bool) -> Term | None:
        """且 stops at the first that does not hold, 或 at the first that does."""
        held: list[Figure] = []
        for part in parts:
            one = self.condition(part, place)
            if one is not None:
                held.append(one)
                if bool(one.value) is stops_at and not self.probing:
                    break
            elif not self.probing:
                return None
        if len(held) < len(parts) and self.probing:
            return None
        if len(held) == 1:
            return Term(held[0])
        op = Op.ANY if stops_at else Op.ALL
        return Term(truth(holds=bool(held[-1].value), op=op, inputs=tuple(held)))


def _in_one_row(term: Term | None, parts: Sequence[tuple[bool, Node, Term | None]]) -> Term | None:
    """A sum or product with all its parts side by side, where none is taken off or divides."""
    inputs = tuple(one.figure for inverse, _, one in parts if one is not None and not inverse)
    if term is None or len(inputs) < len(parts):
        return term
    return Term(term.figure._replace(inputs=inputs), term.loose)
