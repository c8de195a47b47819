"""The pages of the window, one module or folder each; `registry` lists them."""
