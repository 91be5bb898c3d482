"""A 1 x 1 convolution as the matrix product that it is."""

from torch import Tensor, nn
from torch.nn import functional


class PointwiseConv(nn.Conv2d):
    """`nn.Conv2d` with a kernel of one bin and frame, over maps that lie channel by channel.

    torch's own copies such maps on one CPU core; this one never does.
    """

    def __init__(self, inputs: int, outputs: int, *, stride: int = 1, bias: bool = True) -> None:
        super().__init__(inputs, outputs, 1, (stride, 1), bias=bias)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, channel, bin, frame), channels last; every `stride`th bin is kept."""
        tokens = x[:, :, :: self.stride[0]].permute(0, 2, 3, 1)
        return functional.linear(tokens, self.weight.flatten(1), self.bias).permute(0, 3, 1, 2)
