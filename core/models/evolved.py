"""Transformer blocks over frames: plain ones, and those of the Evolved Transformer and Primer."""

from torch import Tensor, nn
from torch.nn import functional

from core.models.attention import FrameConv, MultiBandAttention
from core.models.config import Activation, FrameTransformerConfig


def separable(features: int, out: int, width: int) -> nn.Sequential:
    """Depthwise convolution over `width` frames, then a mix of the features."""
    return nn.Sequential(FrameConv(features, width), nn.Linear(features, out))


class FeedForward(nn.Module):
    """Two layers with a ReLU between, squared after Primer (So et al. 2021, section 3) or not."""

    def __init__(self, features: int, config: FrameTransformerConfig) -> None:
        super().__init__()
        width = config.feedforward
        self.squared = config.activation is Activation.SQUARED_RELU
        self.inner, self.outer = nn.Linear(features, width), nn.Linear(width, features)

    def forward(self, x: Tensor) -> Tensor:
        x = functional.relu(self.inner(x))
        return self.outer(x.square() if self.squared else x)


class PlainEncoder(nn.Module):
    """Encoder block of Vaswani et al. 2017 (arXiv 1706.03762, section 3.1), pre-norm."""

    def __init__(self, features: int, config: FrameTransformerConfig, *, step: int = 1) -> None:
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(features) for _ in range(2))
        self.attention = MultiBandAttention(features, config, step=step)
        self.feedforward = FeedForward(features, config)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, frame, feature) to the same."""
        y = self.norms[0](x)
        x = x + self.dropout(self.attention(y, y))
        return x + self.dropout(self.feedforward(self.norms[1](x)))


class PlainDecoder(nn.Module):
    """Decoder block of Vaswani et al. 2017 (section 3.1), pre-norm, seeing both directions."""

    def __init__(self, features: int, config: FrameTransformerConfig, *, step: int = 1) -> None:
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(features) for _ in range(3))
        self.self_attention = MultiBandAttention(features, config, step=step)
        self.skip_attention = MultiBandAttention(features, config, step=step)
        self.feedforward = FeedForward(features, config)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        """Both (batch, frame, feature): the decoder's features and the encoder's of that level."""
        y = self.norms[0](x)
        x = x + self.dropout(self.self_attention(y, y))
        x = x + self.dropout(self.skip_attention(self.norms[1](x), skip))
        return x + self.dropout(self.feedforward(self.norms[2](x)))


class EvolvedEncoder(nn.Module):
    """Encoder block of the Evolved Transformer (So et al. 2019, figure 3), pre-norm.

    Steps, each added to its input: a gated linear unit; a linear and a three-frame branch,
    joined by a separable convolution of nine frames; attention; feed-forward.
    """

    def __init__(self, features: int, config: FrameTransformerConfig, *, step: int = 1) -> None:
        super().__init__()
        width = config.feedforward
        self.norms = nn.ModuleList(nn.LayerNorm(features) for _ in range(4))
        self.gate = nn.Linear(features, 2 * features)
        self.wide = nn.Linear(features, width)
        self.narrow = nn.Conv1d(features, width // 4, 3, padding=1)
        self.joined = nn.LayerNorm(width)
        self.join = separable(width, features, 9)
        self.attention = MultiBandAttention(features, config, step=step)
        self.feedforward = FeedForward(features, config)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, frame, feature) to the same."""
        x = x + self.dropout(functional.glu(self.gate(self.norms[0](x))))
        x = x + self.dropout(self._branches(self.norms[1](x)))
        y = self.norms[2](x)
        x = x + self.dropout(self.attention(y, y))
        return x + self.dropout(self.feedforward(self.norms[3](x)))

    def _branches(self, x: Tensor) -> Tensor:
        wide = functional.relu(self.wide(x))
        narrow = functional.relu(self.narrow(x.transpose(1, 2)).transpose(1, 2))
        narrow = functional.pad(narrow, (0, wide.shape[-1] - narrow.shape[-1]))
        return self.join(self.joined(wide + narrow))


class EvolvedDecoder(nn.Module):
    """Decoder block of the Evolved Transformer (So et al. 2019, figure 3), pre-norm.

    Nothing is hidden from it: a song is known whole, so its attention sees both directions.
    """

    def __init__(self, features: int, config: FrameTransformerConfig, *, step: int = 1) -> None:
        super().__init__()
        width = config.feedforward
        self.norms = nn.ModuleList(nn.LayerNorm(features) for _ in range(5))
        self.attentions = nn.ModuleList(
            MultiBandAttention(features, config, step=step) for _ in range(4)
        )
        self.wide = separable(features, width // 2, 11)
        self.narrow = separable(features, width // 4, 7)
        self.joined = nn.LayerNorm(width // 2)
        self.join = separable(width // 2, features, 7)
        self.feedforward = FeedForward(features, config)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        """Both (batch, frame, feature): the decoder's features and the encoder's of that level."""
        first_self, first_skip, later_self, later_skip = self.attentions
        y = self.norms[0](x)
        x = x + self.dropout(first_self(y, y) + first_skip(y, skip))
        x = x + self.dropout(self._branches(self.norms[1](x)))
        y = self.norms[2](x)
        x = x + self.dropout(later_self(y, y))
        x = x + self.dropout(later_skip(self.norms[3](x), skip))
        return x + self.dropout(self.feedforward(self.norms[4](x)))

    def _branches(self, x: Tensor) -> Tensor:
        wide = functional.relu(self.wide(x))
        narrow = self.narrow(x)
        narrow = functional.pad(narrow, (0, wide.shape[-1] - narrow.shape[-1]))
        return self.join(self.joined(wide + narrow))
