using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;
using P2P.Db;
using P2P.Server.Accounts.Consent;
using P2P.Server.Accounts.PaymentMethods;
using P2P.Server.Accounts.Staff;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Admin.Catalogue;

/// <summary>Reads and changes the catalogue. Every node reads it again within seconds; the engine reads it with each batch.</summary>
public sealed class CatalogueFlow(Database database, RequestLog requests)
{
    public Task<CatalogueView> Get(CancellationToken cancellation) =>
        database.Snapshot(
            async tx => new CatalogueView
            {
                PaymentMethods = [.. (await CatalogueSql.Methods(tx)).Select(ViewOf)],
                Assets = [.. await CatalogueSql.Assets(tx)],
                Currencies = [.. await CatalogueSql.Currencies(tx)],
                Limits = [.. (await CatalogueSql.Limits(tx)).Select(row => row.View())],
                TermsVersion = await ConsentSql.PresentVersion(tx),
            },
            cancellation);

    public Task<CatalogueMethod> Add(StaffCaller staff, AddPaymentMethodRequest request, CancellationToken cancellation)
    {
        var clean = CatalogueRules.Clean(request);
        return Act(staff, nameof(IAdminHub.AddPaymentMethod), request, request.Reason, async (change, why) =>
        {
            await CatalogueSql.Lock(change.Tx);
            EnsureRoom((await CatalogueSql.Methods(change.Tx)).Count(), CatalogueRules.PaymentMethodsMax, "payment methods");
            if ((await CatalogueSql.Currencies(change.Tx)).All(known => known.Code != clean.Currency))
            {
                throw new Refused(ErrorCodes.CurrencyUnknown, "There is no such currency here: add it first.");
            }

            var row = new CatalogueMethodRow
            {
                Id = 0,
                Code = clean.Code,
                Name = clean.Name,
                Kind = clean.Kind.ToString(),
                Country = clean.Country,
                Currency = clean.Currency,
                Fields = PaymentCatalogue.Spell(clean.Fields),
                Active = true,
            };
            var view = ViewOf(row with { Id = await CatalogueSql.InsertMethod(change.Tx, row) ?? throw Taken(clean.Code) });
            await Audit(change, staff, "catalogue.add", $"payment_method:{view.Method.Id}", null, CatalogueRules.Spell(view), why);
            return view;
        }, cancellation);
    }

    public Task<CatalogueMethod> Change(StaffCaller staff, ChangePaymentMethodRequest request, CancellationToken cancellation)
    {
        var name = request.Name is { } text ? CatalogueRules.Name(text) : null;
        var fields = request.Fields is { } given ? PaymentCatalogue.Spell(CatalogueRules.Fields(given)) : null;
        return Act(staff, nameof(IAdminHub.ChangePaymentMethod), request, request.Reason, async (change, why) =>
        {
            var before = await CatalogueSql.LockMethod(change.Tx, request.PaymentMethodId)
                ?? throw new Refused(ErrorCodes.PaymentMethodUnknown, "There is no such payment method.");
            var after = before with
            {
                Name = name ?? before.Name,
                Fields = fields ?? before.Fields,
                Active = request.IsOffered ?? before.Active,
            };
            await CatalogueSql.UpdateMethod(change.Tx, after);
            var (was, now) = (ViewOf(before), ViewOf(after));
            await Audit(
                change, staff, "catalogue.change", $"payment_method:{after.Id}", CatalogueRules.Spell(was), CatalogueRules.Spell(now), why);
            return now;
        }, cancellation);
    }

    public Task<CatalogueAsset> Add(StaffCaller staff, AddAssetRequest request, CancellationToken cancellation)
    {
        var asset = CatalogueRules.AssetOf(request);
        return Act(staff, nameof(IAdminHub.AddAsset), request, request.Reason, async (change, why) =>
        {
            await CatalogueSql.Lock(change.Tx);
            EnsureRoom((await CatalogueSql.Assets(change.Tx)).Count(), CatalogueRules.AssetsMax, "assets");
            if (await CatalogueSql.InsertAsset(change.Tx, asset) == 0)
            {
                throw Taken(asset.Code);
            }

            await Audit(change, staff, "catalogue.add", $"asset:{asset.Code}", null, CatalogueRules.Spell(asset), why);
            return asset;
        }, cancellation);
    }

    public Task<CatalogueAsset> Change(StaffCaller staff, ChangeAssetRequest request, CancellationToken cancellation) =>
        Act(staff, nameof(IAdminHub.ChangeAsset), request, request.Reason, async (change, why) =>
        {
            var before = await FindAsset(change.Tx, request.Code)
                ?? throw new Refused(ErrorCodes.AssetUnknown, "There is no such asset here.");
            var after = CatalogueRules.Changed(before, request);
            await CatalogueSql.UpdateAsset(change.Tx, after);
            await Audit(
                change, staff, "catalogue.change", $"asset:{after.Code}", CatalogueRules.Spell(before), CatalogueRules.Spell(after), why);
            return after;
        }, cancellation);

    public Task<CatalogueCurrency> Add(StaffCaller staff, AddCurrencyRequest request, CancellationToken cancellation)
    {
        var currency = CatalogueRules.CurrencyOf(request);
        return Act(staff, nameof(IAdminHub.AddCurrency), request, request.Reason, async (change, why) =>
        {
            await CatalogueSql.Lock(change.Tx);
            EnsureRoom((await CatalogueSql.Currencies(change.Tx)).Count(), CatalogueRules.CurrenciesMax, "currencies");
            if (await CatalogueSql.InsertCurrency(change.Tx, currency) == 0)
            {
                throw Taken(currency.Code);
            }

            await Audit(change, staff, "catalogue.add", $"currency:{currency.Code}", null, $"{currency.Name}, {currency.Scale} decimals", why);
            return currency;
        }, cancellation);
    }

    public Task<CatalogueLimits> Change(StaffCaller staff, ChangeLimitsRequest request, CancellationToken cancellation)
    {
        CatalogueRules.CheckCurrency(request.Currency, "currency");
        return Act(staff, nameof(IAdminHub.ChangeLimits), request, request.Reason, async (change, why) =>
        {
            await CatalogueSql.Lock(change.Tx);
            var currency = (await CatalogueSql.Currencies(change.Tx)).FirstOrDefault(known => known.Code == request.Currency)
                ?? throw new Refused(ErrorCodes.CurrencyUnknown, "There is no such currency here: add it first.");
            var before = (await CatalogueSql.LimitsOf(change.Tx, request.Currency))?.View() ?? CatalogueRules.NoLimits(request.Currency);
            var after = CatalogueRules.Changed(before, request, currency.Scale);
            await CatalogueSql.SaveLimits(change.Tx, after);
            await Audit(
                change, staff, "catalogue.change", $"limits:{after.Currency}", CatalogueRules.Spell(before), CatalogueRules.Spell(after), why);
            return after;
        }, cancellation);
    }

    public Task<PublishedTerms> Publish(StaffCaller staff, PublishTermsRequest request, CancellationToken cancellation)
    {
        var terms = StaffActs.Terms(request.Text, request.Language);
        return Act(
            staff,
            nameof(IAdminHub.PublishTerms),
            request,
            request.Reason,
            async (change, why) => new PublishedTerms { Version = await StaffActs.PublishTerms(change, staff.Actor, terms, why) },
            cancellation);
    }

    private Task<T> Act<T>(
        StaffCaller staff, string call, IChange request, string reason, Func<Change, string, Task<T>> act, CancellationToken cancellation)
        where T : notnull
    {
        var why = StaffActs.Reason(reason, "A reason");
        return requests.Once(staff.Caller, call, request, change => act(change, why), cancellation);
    }

    /// <summary>A text that cannot be a code is none that the database knows.</summary>
    private static Task<CatalogueAsset?> FindAsset(Tx tx, string code) =>
        Core.Text.CleanText.IsCode(code) ? CatalogueSql.LockAsset(tx, code) : Task.FromResult<CatalogueAsset?>(null);

    private static Task<long> Audit(
        Change change, StaffCaller staff, string action, string target, string? before, string? after, string reason) =>
        StaffSql.Audit(change.Tx, staff.Actor, action, target, before, after, reason);

    private static void EnsureRoom(int have, int most, string what)
    {
        if (have >= most)
        {
            throw new Refused(
                ErrorCodes.QuotaExceeded,
                $"The catalogue has at most {most} {what}.",
                ("quota", what),
                ("limit", most.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static Refused Taken(string code) => new(ErrorCodes.CodeTaken, $"The code {code} is taken: choose another.");

    private static CatalogueMethod ViewOf(CatalogueMethodRow row) => new()
    {
        Method = new PaymentMethod
        {
            Id = row.Id,
            Code = row.Code,
            Name = row.Name,
            Kind = Enum.Parse<PaymentMethodKind>(row.Kind),
            Country = row.Country,
            Currency = row.Currency,
            Fields = PaymentCatalogue.FieldsOf(row.Fields),
        },
        IsOffered = row.Active,
    };
}
