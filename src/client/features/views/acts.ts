import { useQueryClient } from '@tanstack/react-query';
import type { View } from '#contract/views.ts';
import { call } from '#client/api/call.ts';
import { useChoice } from '#client/api/use-choice.ts';
import { useMay, useMe } from '#client/features/sessions/queries.ts';
import { viewsQuery } from './queries.ts';

/** Whether this operator may change it; `undefined` stands for no view. */
export const useMayChange = (view: View | undefined): boolean => {
  const { operator_id } = useMe();
  const isAdmin = useMay('admin');
  return view !== undefined && (view.owner.id === operator_id || (view.shared && isAdmin));
};

/** Chooses the columns of this view: shown at once. */
export const useChooseViewColumns = (of: View | null) => {
  const client = useQueryClient();
  const { queryKey } = viewsQuery;
  const { view_id = '', name = '' } = of ?? {};
  return useChoice<Pick<View, 'columns'>, View>({
    name: `columns of view ${view_id}`,
    queryKey,
    label: `View ${name}`,
    read: () => client.getQueryData(queryKey)?.find((view) => view.view_id === view_id),
    show: (shown) =>
      client.setQueryData(queryKey, (views) =>
        views?.map((view) => (view.view_id === view_id ? shown : view)),
      ),
    send: (body, { version }) =>
      call('PATCH /v1/views/{view_id}', { params: { view_id }, body, ifMatch: version }),
  });
};
