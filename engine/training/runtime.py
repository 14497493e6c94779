"""Where a run computes: device, precision and processes, by Lightning Fabric.

Recipes keep their networks as they are. The generators are called by other methods than
``forward``, several times a step and with the critics frozen in between, which Fabric's wrapped
modules do not allow; so gradients are averaged over the processes here, once before every
optimiser step, and the rest (processes, autocast, loss scaling, broadcasts) is Fabric's.
"""

from __future__ import annotations

import logging
import math
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar, cast

import torch
from lightning_fabric import Fabric
from torch import Tensor, nn

from engine.device import choose_device
from engine.errors import EngineError, TrainingError
from engine.training.config import LoopConfig

T = TypeVar("T")
Module = TypeVar("Module", bound=nn.Module)
PRECISIONS = {"fp32": "32-true", "bf16-mixed": "bf16-mixed", "16-mixed": "16-mixed"}


class Runtime:
    """One process's view of the run. All processes make the same calls in the same order."""

    def __init__(self, fabric: Fabric, *, backend: str = "") -> None:
        """``backend`` of torch.compile, empty to compile nothing. See :func:`start`."""
        self._fabric, self._backend = fabric, backend
        self.device, self.rank, self.world = fabric.device, fabric.global_rank, fabric.world_size

    @property
    def first(self) -> bool:
        """Whether this process writes files and speaks to the user."""
        return self.rank == 0

    @property
    def fused(self) -> bool:
        """Whether optimisers may be fused: not where clipped gradients are scaled."""
        return self._scaler is None

    def place(self, module: Module) -> Module:
        """Move a network to the device, in place."""
        return module.to(self.device)

    def compiled(self, module: nn.Module, *methods: str) -> None:
        """Compile these methods, in place, where the run asks for it; weights keep their names."""
        if self._backend:
            for name in methods:
                setattr(module, name, torch.compile(getattr(module, name), backend=self._backend))

    def autocast(self) -> AbstractContextManager[Any]:
        """The precision that losses are computed in; nothing at fp32."""
        return self._fabric.autocast()

    def update(
        self,
        loss: Tensor,
        optimiser: torch.optim.Optimizer,
        *networks: nn.Module,
        clip: float = 0.0,
    ) -> None:
        """One optimiser step down ``loss``, the mean over all processes.

        Args:
            loss: computed under :meth:`autocast`; called outside of it.
            optimiser: its gradients are reset first.
            networks: whose buffers (statistics, spectral norm) are to be the first process's.
            clip: bound of the gradient's norm over all of the optimiser's parameters; 0 for none.
        """
        optimiser.zero_grad(set_to_none=True)
        self._fabric.backward(loss)
        moved = [p for group in optimiser.param_groups for p in group["params"]]
        if self.world > 1:
            self._average(moved)
        if clip > 0:
            self._fabric.strategy.precision.unscale_gradients(optimiser)
            torch.nn.utils.clip_grad_norm_(moved, clip)
        self._fabric.strategy.optimizer_step(optimiser)
        if self.world > 1:
            self._follow(buffer for network in networks for buffer in network.buffers())

    def at_first(self, work: Callable[[], T]) -> T:
        """Let the first process alone do ``work``; all get its answer, or raise what it raised.

        Raises whatever EngineError ``work`` raises.
        """
        if self.world == 1:
            return work()
        answer: tuple[T | None, EngineError | None] = None, None
        if self.first:
            try:
                answer = work(), None
            except EngineError as error:
                answer = None, error
        value, failure = self._fabric.broadcast(answer)
        if failure is not None:
            raise failure
        return cast(T, value)

    def in_turn(self) -> AbstractContextManager[Any]:
        """The first process of each machine enters before the others: for caches on disk."""
        return self._fabric.rank_zero_first(local=True)

    def gathered(self, value: T) -> list[T]:
        """Every process's value, by rank."""
        if self.world == 1:
            return [value]
        values: list[Any] = [None] * self.world
        torch.distributed.all_gather_object(values, value)
        return values

    def any_of(self, *flags: bool) -> tuple[bool, ...]:
        """Each flag: whether it is set in any process."""
        if self.world == 1:
            return flags
        raised = torch.tensor(flags, dtype=torch.float32, device=self.device)
        raised = cast(Tensor, self._fabric.all_reduce(raised, reduce_op="max"))
        return tuple(bool(flag) for flag in raised.tolist())

    def means(self, values: Mapping[str, float]) -> dict[str, float]:
        """The mean of each figure over those processes that have it."""
        every = self.gathered(dict(values))
        names = dict.fromkeys(name for one in every for name in one)
        lists = {name: [one[name] for one in every if name in one] for name in names}
        return {name: sum(found) / len(found) for name, found in lists.items()}

    def chance(self) -> dict[str, Tensor]:
        """State of torch's random generators: the global one and the device's."""
        state = {"torch_random": torch.get_rng_state()}
        if self.device.type == "cuda":
            state["device_random"] = torch.cuda.get_rng_state(self.device)
        elif self.device.type == "mps":
            state["device_random"] = torch.mps.get_rng_state()
        return state

    def set_chance(self, state: Mapping[str, Any]) -> None:
        """Go on from :meth:`chance`; a device's state is left out where it is another device's."""
        torch.set_rng_state(state["torch_random"])
        there = state.get("device_random")
        if there is not None and self.device.type == "cuda":
            torch.cuda.set_rng_state(there, self.device)
        elif there is not None and self.device.type == "mps":
            torch.mps.set_rng_state(there)

    def scaling(self) -> dict[str, Any]:
        """State of the loss scaling; empty where there is none."""
        return self._fabric.strategy.precision.state_dict()

    def set_scaling(self, state: Mapping[str, Any]) -> None:
        """Go on from :meth:`scaling`."""
        if state:
            self._fabric.strategy.precision.load_state_dict(dict(state))

    @property
    def _scaler(self) -> object | None:
        return getattr(self._fabric.strategy.precision, "scaler", None)

    def _average(self, parameters: Sequence[nn.Parameter]) -> None:
        """Each gradient's mean over the processes; one message for all of them."""
        learnt = [p for p in parameters if p.requires_grad]
        for parameter in learnt:
            if parameter.grad is None:  # another process may have one
                parameter.grad = torch.zeros_like(parameter)
        gradients = [p.grad for p in learnt if p.grad is not None]
        flat = torch.cat([gradient.reshape(-1) for gradient in gradients])
        flat = cast(Tensor, self._fabric.all_reduce(flat, reduce_op="mean"))
        _spread(flat, gradients)

    def _follow(self, buffers: Iterable[Tensor]) -> None:
        """Take the first process's buffers over."""
        floats = [buffer for buffer in buffers if buffer.is_floating_point()]
        if floats:
            flat = torch.cat([buffer.reshape(-1) for buffer in floats])
            torch.distributed.broadcast(flat, 0)
            _spread(flat, floats)


def start(loop: LoopConfig) -> Runtime:
    """Choose device and precision, and start or join the processes that the loop asks for.

    With ``devices`` over 1 this starts the other processes, which run the same command. Under
    ``torchrun`` the processes are there already, on one machine or several, and its numbers hold.

    Raises DeviceError where the device cannot be had and TrainingError (``training.precision``,
    ``training.devices``) where it cannot do what is asked.
    """
    logging.getLogger("lightning_fabric").setLevel(logging.WARNING)
    kind = choose_device(loop.device).report.kind
    _check_precision(loop.precision, kind)
    devices, nodes = _processes(loop.devices)
    if devices * nodes > 1 and kind == "mps":
        raise TrainingError("An Apple GPU trains in one process.", code="training.devices")
    if kind == "cuda" and devices > torch.cuda.device_count():
        raise TrainingError(
            f"{devices} devices are asked for, {torch.cuda.device_count()} are there.",
            code="training.devices",
        )
    if loop.batch % (devices * nodes):
        raise TrainingError(
            f"A batch of {loop.batch} cannot be shared by {devices * nodes} processes evenly.",
            code="training.devices",
        )
    if kind == "cuda":
        torch.set_float32_matmul_precision("high")
        torch.backends.cudnn.benchmark = True
    fabric = Fabric(
        accelerator=kind,
        devices=devices,
        num_nodes=nodes,
        strategy="ddp" if devices * nodes > 1 else "auto",
        precision=cast(Any, PRECISIONS[loop.precision]),
    )
    fabric.launch()
    return Runtime(fabric, backend=loop.compile)


def one_process(device: str = "cpu") -> Runtime:
    """The runtime of a plain call: one process, fp32."""
    return Runtime(Fabric(accelerator=device, devices=1, precision="32-true"))


def _check_precision(precision: str, kind: str) -> None:
    if precision not in PRECISIONS:
        raise TrainingError(
            f"Unknown precision {precision!r}; known are {', '.join(PRECISIONS)}.",
            code="training.precision",
        )
    old = kind == "cuda" and precision == "bf16-mixed" and not torch.cuda.is_bf16_supported()
    wrong = {"cpu": "16-mixed", "mps": "bf16-mixed"}.get(kind) == precision
    if old or wrong:
        other = "bf16-mixed" if kind == "cpu" else "16-mixed"
        raise TrainingError(
            f"This {kind} device does not train in {precision}; use {other} or fp32.",
            code="training.precision",
        )


def _processes(devices: int) -> tuple[int, int]:
    """Processes a machine, and machines; torchrun's where it runs this."""
    if devices < 1:
        raise TrainingError("devices should be 1 or more.", code="training.devices")
    if "TORCHELASTIC_RUN_ID" not in os.environ:
        if devices > 1 and getattr(sys, "frozen", False):
            raise TrainingError("Several devices need a source checkout.", code="training.devices")
        return devices, 1
    local = int(os.environ["LOCAL_WORLD_SIZE"])
    return local, math.ceil(int(os.environ["WORLD_SIZE"]) / local)


def _spread(flat: Tensor, targets: Sequence[Tensor]) -> None:
    for target, part in zip(targets, flat.split([t.numel() for t in targets]), strict=True):
        target.copy_(part.view(target.shape))
