"""What holds for every chart, whatever it draws."""

import matplotlib
import pandas as pd
from matplotlib import pyplot


def check_chart(draw, table, *, more):
    """Check that pyplot never knew it, that the same table gives the same bytes, and that nothing else is changed."""
    before, settings = table.copy(), dict(matplotlib.rcParams)
    assert draw(table, **more)._repr_png_() == draw(table, **more)._repr_png_()
    pd.testing.assert_frame_equal(table, before)
    assert dict(matplotlib.rcParams) == settings and pyplot.get_fignums() == []
