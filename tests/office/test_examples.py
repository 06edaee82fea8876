"""Every example of the catalog, typed into a real Calc."""
import bed


class Examples(bed.CalcTest):
    def test_every_example_shows_what_the_catalog_says(self):
        self.add_samples()
        row = 0
        for function in bed.catalog()["functions"]:
            for example in function["examples"]:
                row += 1
                cell = self.type(f"A{row}", example["formula"])
                with self.subTest(function["name"], formula=example["formula"]):
                    # Calc turns a name it does not know to lower case; the stored name is a file format.
                    # An example of a function that gives a table picks a cell with INDEX.
                    self.assertRegex(cell.Formula, rf"^=(INDEX\()?ORG\.CALCKPI\.KPI\.{function['name']}\(")
                    self.assert_shows(cell, example.get("error", example.get("value")))
        self.assertGreater(row, 100)


if __name__ == "__main__":
    bed.main()
